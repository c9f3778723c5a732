import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Dialog, Menu, MenuItem, Modal, ModalOverlay, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { IconButton } from "../ui/Button.tsx";
import { roomNow } from "../ui/useRoom.ts";

export type MenuFrameProps = {
  readonly title: string;
  /** Beside this the menu opens, where there is room beside anything. */
  readonly anchor: Element;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A menu beside what it belongs to; on a narrow screen on a tray of its own, within reach of a thumb. */
export function MenuFrame({ title, anchor, onClose, children }: MenuFrameProps) {
  const { t } = useTranslation();
  const trigger = useRef(anchor);
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) onClose();
  };
  const menu = (
    <Menu className="list-menu" aria-label={title} autoFocus="first">
      {children}
    </Menu>
  );
  if (roomNow() !== "narrow") {
    return (
      <Popover
        className="list-popover"
        aria-label={title}
        triggerRef={trigger}
        placement="bottom end"
        isOpen
        onOpenChange={onOpenChange}
      >
        {menu}
      </Popover>
    );
  }
  return (
    <ModalOverlay className="overlay tray-overlay" isDismissable isOpen onOpenChange={onOpenChange}>
      <Modal className="tray">
        <Dialog className="tray-dialog" aria-label={title}>
          <div className="tray-head">
            <p dir="auto">{title}</p>
            <IconButton label={t("common.close")} icon={<X aria-hidden="true" />} onPress={onClose} />
          </div>
          {menu}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

export type ChoiceItemProps = {
  readonly icon: ReactNode;
  readonly label: string;
  readonly onChoose: () => void;
  readonly look?: "danger" | "now";
  readonly isDisabled?: boolean;
};

/** One thing to do. It closes the menu only if `onChoose` does. */
export function ChoiceItem({ icon, label, onChoose, look, isDisabled = false }: ChoiceItemProps) {
  return (
    <MenuItem
      className={`list-menu-item ${look ?? ""}`}
      textValue={label}
      isDisabled={isDisabled}
      shouldCloseOnSelect={false}
      onAction={onChoose}
    >
      {icon}
      <span dir="auto">{label}</span>
    </MenuItem>
  );
}
