import { Component, type ReactNode } from "react";

export type OptionalProps = {
  readonly children: ReactNode;
  readonly onMissing?: () => void;
};

/**
 * A part that the page can do without: when its code cannot be fetched, as without a connection, it is left out and
 * everything else goes on.
 */
export class Optional extends Component<OptionalProps, { readonly isMissing: boolean }> {
  override state = { isMissing: false };

  static getDerivedStateFromError(): { readonly isMissing: boolean } {
    return { isMissing: true };
  }

  override componentDidCatch(): void {
    this.props.onMissing?.();
  }

  override render(): ReactNode {
    return this.state.isMissing ? null : this.props.children;
  }
}
