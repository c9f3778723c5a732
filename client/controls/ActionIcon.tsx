import {
  CircleMinus,
  CirclePlus,
  Copy,
  CopyPlus,
  Group,
  Hand,
  Keyboard,
  LogOut,
  type LucideIcon,
  Maximize,
  Minus,
  Pencil,
  PenLine,
  Plus,
  Redo2,
  Rows3,
  Search,
  Square,
  SquareDashed,
  SquareDashedMousePointer,
  Star,
  StarOff,
  Trash2,
  Undo2,
  Ungroup,
  Vote,
} from "lucide-react";
import { voices } from "../../shared/board/note.ts";
import type { BoardAction } from "../model/boardAction.ts";
import { VoiceMark, ZonePicture } from "../ui/pictures.tsx";

const icons: Readonly<Record<string, LucideIcon>> = {
  edit: Pencil,
  highlight: Star,
  unhighlight: StarOff,
  addDot: CirclePlus,
  takeDot: CircleMinus,
  duplicate: CopyPlus,
  copy: Copy,
  remove: Trash2,
  groupAsTheme: Group,
  renameTheme: Pencil,
  selectTheme: SquareDashed,
  leaveTheme: LogOut,
  dissolveTheme: Ungroup,
  palette: Search,
  drawing: PenLine,
  voting: Vote,
  selectAll: SquareDashed,
  clearSelection: Square,
  undo: Undo2,
  redo: Redo2,
  selectTool: SquareDashedMousePointer,
  moveTool: Hand,
  fit: Maximize,
  zoomIn: Plus,
  zoomOut: Minus,
  shortcuts: Keyboard,
  tidy: Rows3,
  selectZone: SquareDashed,
};

/** The picture of an action: a part of the tree, who speaks, or what is done. */
export function ActionIcon({ action }: { readonly action: BoardAction }) {
  const [family = "", what] = action.id.split(".");
  const voice = family === "voice" ? voices.find((candidate) => candidate === what) : undefined;
  if (voice !== undefined) return <VoiceMark voice={voice} />;
  const { zone } = action.name;
  if (zone !== undefined && (family === "moveTo" || family === "zoom"))
    return <ZonePicture zone={zone} size={24} />;
  const Icon = icons[family] ?? Square;
  return <Icon size={20} aria-hidden="true" />;
}
