import { Check } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextField,
  type TextFieldProps,
} from "react-aria-components";

export type LineFieldProps = Omit<TextFieldProps, "children" | "className" | "style"> & {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  readonly placeholder?: string;
  readonly autoCapitalize?: "none" | "sentences";
};

export function LineField({ label, hint, error, placeholder, autoCapitalize, ...rest }: LineFieldProps) {
  return (
    <TextField {...rest} className="field" isInvalid={error !== undefined}>
      <Label>{label}</Label>
      <Input
        className="input"
        dir="auto"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(autoCapitalize === undefined ? {} : { autoCapitalize })}
      />
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="error">{error}</FieldError>
    </TextField>
  );
}

export type Choice<T extends string> = {
  readonly value: T;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly lang?: string;
};

export type ChoiceFieldProps<T extends string> = {
  readonly label: string;
  readonly hint?: string;
  readonly hideLabel?: boolean;
  readonly choices: readonly Choice<T>[];
  /** `null`: nothing chosen yet. */
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly orientation?: "horizontal" | "vertical";
};

/** One of a few, as large buttons in a row: a radio group for keyboards and screen readers. */
export function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { label, hint, choices, value, onChange, hideLabel = false } = props;
  return (
    <RadioGroup
      className="choices"
      orientation={props.orientation ?? "horizontal"}
      value={value}
      onChange={(next) => {
        const choice = choices.find((candidate) => candidate.value === next);
        if (choice !== undefined) onChange(choice.value);
      }}
    >
      <Label className={hideLabel ? "visually-hidden" : "field-label"}>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="choice-list">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="choice">
            {choice.icon}
            <span lang={choice.lang}>{choice.label}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

export type TickFieldProps = {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
};

export function TickField({ isSelected, onChange, children }: TickFieldProps) {
  return (
    <Checkbox className="tick" isSelected={isSelected} onChange={onChange}>
      <span className="box" aria-hidden="true">
        <Check size={20} strokeWidth={3} />
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}
