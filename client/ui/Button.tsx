import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps,
  ToggleButton,
  type ToggleButtonProps,
} from "react-aria-components";

type Look = "plain" | "primary" | "quiet" | "danger";

export type OurButtonProps = Omit<ButtonProps, "children" | "className" | "style"> & {
  readonly look?: Look;
  readonly size?: "normal" | "large";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

export function Button({ look = "plain", size = "normal", icon, children, ...rest }: OurButtonProps) {
  return (
    <AriaButton {...rest} className={`button ${look} ${size}`}>
      {icon}
      {children}
    </AriaButton>
  );
}

export type IconButtonProps = Omit<ButtonProps, "children" | "className" | "style"> & {
  /** Read by screen readers and shown as the browser's own hint. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly look?: Look;
};

export function IconButton({ label, icon, look = "quiet", ...rest }: IconButtonProps) {
  return (
    <AriaButton {...rest} aria-label={label} className={`button icon ${look}`}>
      {icon}
    </AriaButton>
  );
}

export type SwitchButtonProps = Omit<ToggleButtonProps, "children" | "className" | "style"> & {
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
};

export function SwitchButton({ icon, children, ...rest }: SwitchButtonProps) {
  return (
    <ToggleButton {...rest} className={`button ${children === undefined ? "icon" : ""}`}>
      {icon}
      {children}
    </ToggleButton>
  );
}
