using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>What can be said of a program's numbers without knowing the board.</summary>
    internal static class ProgramTables
    {
        internal static bool AreFinite(byte[] program, ProgramLayout layout)
        {
            if (!AllFinite(program, ProgramHeader.MinVoltsAt, 2) || !AllFinite(program, layout.MeanAt, 2 * layout.Windows))
            {
                return false;
            }

            for (int l = 0; l < layout.Layers; l++)
            {
                int at = layout.LayerAt(l);
                if (!AllFinite(program, at + layout.ActuatorsIn, (layout.LayerBytes - layout.ActuatorsIn) / 4))
                {
                    return false;
                }
            }

            int place = layout.FirstClassAt;
            for (int c = 0; c < layout.Classes; c++)
            {
                int shares = Bytes.GetUInt16(program, place + ProgramLayout.ClassCountAt);
                if (!AllFinite(program, place + ProgramLayout.ClassWidthAt, 3 + shares))
                {
                    return false;
                }

                place += ProgramLayout.ClassFixedBytes + (4 * shares);
            }

            return true;
        }

        /// <summary>Slots lie inside the shot, windows are not empty and lie inside what is measured, sources exist, divisors are above 0, the timer fits an int.</summary>
        internal static bool ArePlaced(byte[] program, ProgramLayout layout)
        {
            int slots = layout.DataSlots + layout.ParameterSlots;
            bool placed = AllBelow(program, layout.DataSlotAt, slots, slots) &&
                Bytes.GetUInt16(program, layout.WindowStartAt + (2 * layout.Windows)) <= layout.Plan.MeasurementWords &&
                (int)Bytes.GetUInt32(program, ProgramHeader.TimerMillisAt) >= 0;
            for (int w = 0; w < layout.Windows; w++)
            {
                placed &= Bytes.GetUInt16(program, layout.WindowStartAt + (2 * w)) < Bytes.GetUInt16(program, layout.WindowStartAt + (2 * w) + 2) &&
                    Bytes.GetSingle(program, layout.SpreadAt + (4 * w)) > 0f;
            }

            for (int l = 0; l < layout.Layers; l++)
            {
                for (int u = 0; u < layout.Units; u++)
                {
                    int source = Bytes.GetUInt16(program, layout.LayerAt(l) + layout.SourceIn + (2 * u));
                    placed &= source == ProgramLayout.Idle ? !layout.HasSkip : source < layout.InputsOf(l);
                }
            }

            int at = layout.FirstClassAt;
            for (int c = 0; c < layout.Classes; c++)
            {
                placed &= Bytes.GetSingle(program, at + ProgramLayout.ClassWidthAt) > 0f;
                at += ProgramLayout.ClassFixedBytes + (4 * Bytes.GetUInt16(program, at + ProgramLayout.ClassCountAt));
            }

            return placed;
        }

        private static bool AllFinite(byte[] program, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (!Bytes.IsFinite(Bytes.GetSingle(program, at + (4 * i))))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool AllBelow(byte[] program, int at, int count, int end) => AllWithin(program, at, count, 0, end - 1);

        internal static bool AllWithin(byte[] program, int at, int count, int low, int high)
        {
            for (int i = 0; i < count; i++)
            {
                int word = Bytes.GetUInt16(program, at + (2 * i));
                if (word < low || word > high)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
