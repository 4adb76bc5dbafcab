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
        private readonly ILocalInput _input;

        /// <summary>What would be possible, by flaw; valid after a flaw was named.</summary>
        public uint Possible;

        /// <param name="input">Null on a board that has none.</param>
        public ProgramCheck(Board board, IConverters converters, ILocalInput input)
        {
            _board = board;
            _input = input;
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

            if (!ProgramTables.AreFinite(program, layout))
            {
                return ProgramFlaw.NotFinite;
            }

            if (!ProgramTables.ArePlaced(program, layout))
            {
                return ProgramFlaw.Shape;
            }

            if (Bytes.GetUInt32(program, ProgramHeader.TimerMillisAt) != 0 && (_input == null || !_input.Fits(layout.Features)))
            {
                return ProgramFlaw.LocalInput;
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

        /// <summary>No number of the program, and no volt of its drive range, is a code that the channel's limits forbid.</summary>
        private bool StaysInside(byte[] program, ProgramLayout layout)
        {
            ChannelRecord drive = _board.OfRole(ChannelRole.Stimulus)[0];
            VoltScale scale = new VoltScale(drive);
            int low = scale.LowestCodeInside(drive.LimitMinVolts);
            int high = scale.HighestCodeInside(drive.LimitMaxVolts);
            float min = Bytes.GetSingle(program, ProgramHeader.MinVoltsAt);
            float max = Bytes.GetSingle(program, ProgramHeader.MaxVoltsAt);
            int lowest = scale.CodeFromVolts(min);
            int highest = scale.CodeFromVolts(max);
            bool inside = min < max && lowest >= low && highest >= 0 && highest <= high &&
                ProgramTables.AllWithin(program, ProgramHeader.RestCodeAt, 2, low, high);
            for (int l = 0; l < layout.Layers; l++)
            {
                inside &= ProgramTables.AllWithin(program, layout.LayerAt(l) + layout.ThetaIn, layout.Branches * layout.ParameterSlots, low, high);
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
    }
}
