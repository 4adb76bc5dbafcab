using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>May this board run a program of this layout? Everything that need not be asked again for every answer is asked here.</summary>
    public sealed class ProgramCheck
    {
        private readonly Board _board;
        private readonly ActuatorBanks _banks;

        /// <summary>What would be possible, by flaw; valid after a flaw was named.</summary>
        public uint Possible;

        public ProgramCheck(Board board, IConverters converters)
        {
            _board = board;
            _banks = new ActuatorBanks(board.OfRole(ChannelRole.Actuator), converters);
        }

        public ProgramFlaw Check(byte[] program, ProgramLayout layout)
        {
            Possible = 0;
            if (layout.MemoryBytes() > _board.ProgramMemoryBytes)
            {
                Possible = (uint)_board.ProgramMemoryBytes;
                return ProgramFlaw.Memory;
            }

            PlanLimit limit;
            uint possible;
            if (PlanCheck.Check(_board, layout.Plan, out limit, out possible) != RefusalReason.Accepted || !FitFrames(layout, ref limit))
            {
                Possible = (uint)limit;
                return ProgramFlaw.Plan;
            }

            if (!AreFinite(program, layout))
            {
                return ProgramFlaw.NotFinite;
            }

            if (!ArePlaced(program, layout))
            {
                return ProgramFlaw.Shape;
            }

            return !StaysInside(program, layout) ? ProgramFlaw.Stimulus : CheckActuators(program, layout);
        }

        /// <summary>Request and answer are one frame each.</summary>
        private bool FitFrames(ProgramLayout layout, ref PlanLimit limit)
        {
            limit = PlanLimit.FrameBytes;
            return FrameHeader.Bytes + InferRequest.PayloadBytes(layout.Features) <= _board.MaxFrameBytes &&
                FrameHeader.Bytes + InferResult.PayloadBytes(layout.Classes) <= _board.MaxFrameBytes;
        }

        private static bool AreFinite(byte[] program, ProgramLayout layout)
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
        private static bool ArePlaced(byte[] program, ProgramLayout layout)
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

        /// <summary>No number of the program, and no volt of its drive range, is a code that the channel's limits forbid.</summary>
        private bool StaysInside(byte[] program, ProgramLayout layout)
        {
            ChannelRecord drive = _board.OfRole(ChannelRole.Stimulus)[0];
            VoltScale scale = new VoltScale(drive.MinVolts, drive.MaxVolts, drive.Bits);
            int low = scale.LowestCodeInside(drive.LimitMinVolts);
            int high = scale.HighestCodeInside(drive.LimitMaxVolts);
            float min = Bytes.GetSingle(program, ProgramHeader.MinVoltsAt);
            float max = Bytes.GetSingle(program, ProgramHeader.MaxVoltsAt);
            int lowest = scale.CodeFromVolts(min);
            int highest = scale.CodeFromVolts(max);
            bool inside = min < max && lowest >= low && highest >= 0 && highest <= high &&
                AllWithin(program, ProgramHeader.RestCodeAt, 2, low, high);
            for (int l = 0; l < layout.Layers; l++)
            {
                inside &= AllWithin(program, layout.LayerAt(l) + layout.ThetaIn, layout.Branches * layout.ParameterSlots, low, high);
            }

            return inside;
        }

        /// <summary>Every layer's values, and every step: from the safe values to the first layer, and from each to the next.</summary>
        private ProgramFlaw CheckActuators(byte[] program, ProgramLayout layout)
        {
            float[] volts = new float[_banks.Count];
            _banks.AtSafeValues();
            for (int l = 0; l < layout.Layers; l++)
            {
                for (int i = 0; i < volts.Length; i++)
                {
                    volts[i] = Bytes.GetSingle(program, layout.LayerAt(l) + layout.ActuatorsIn + (4 * i));
                }

                if (_banks.CheckRange(volts) != RefusalReason.Accepted || _banks.CheckStep(volts) != RefusalReason.Accepted)
                {
                    Possible = (uint)_banks.RefusedIndex;
                    return ProgramFlaw.Actuators;
                }

                _banks.Assume(volts);
            }

            return ProgramFlaw.None;
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

        private static bool AllWithin(byte[] program, int at, int count, int low, int high)
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
