using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Programs
{
    /// <summary>Where a program's tables stand (WIRE.md, G-5), after its counts have been found to agree with each other and with its length.</summary>
    public sealed class ProgramLayout
    {
        /// <summary>In a layer's sources: the slot carries nothing.</summary>
        public const int Idle = 0xFFFF;

        public const int ClassFirstAt = 0;
        public const int ClassCountAt = 2;
        public const int ClassWidthAt = 4;
        public const int ClassGainAt = 8;
        public const int ClassOffsetAt = 12;
        public const int ClassFixedBytes = 16;

        public readonly RunPlan Plan = new RunPlan();
        public int Length;
        public int Layers;
        public int Branches;
        public int Repeats;
        public int Features;
        public int Classes;
        public int DataSlots;
        public int ParameterSlots;
        public int HoldSamples;
        public int Windows;
        public int PassedOn;
        public int Scales;
        public bool HasSkip;

        /// <summary>Where the tables of all layers begin: [data slot] u16, [parameter slot] u16, [window + 1] u16, [window] f32, [window] f32.</summary>
        public int DataSlotAt;
        public int ParameterSlotAt;
        public int WindowStartAt;
        public int MeanAt;
        public int SpreadAt;

        /// <summary>Of the first layer; the next is <see cref="LayerBytes"/> later. Within a layer: first shot, u64, then these tables.</summary>
        public int FirstLayerAt;
        public int LayerBytes;
        public int SourceIn;
        public int ThetaIn;
        public int ActuatorsIn;
        public int ScaleIn;
        public int OffsetIn;
        public int SkipIn;
        public int FirstClassAt;

        /// <summary>Data slots of all branches.</summary>
        public int Units => Branches * DataSlots;

        /// <summary>Windows of all branches.</summary>
        public int Carried => Branches * Windows;

        /// <summary>Shots of one layer for one answer.</summary>
        public int Shots => Branches * Repeats;

        /// <summary>What a program takes when it is loaded, bytes: its tables, and the memory that its answers reuse.</summary>
        public long MemoryBytes() =>
            Length + (4L * (Features + Carried + Classes + (HasSkip ? Units : 0))) + (2L * Shots * (Plan.StimulusWords + Plan.MeasurementWords));

        public int LayerAt(int layer) => FirstLayerAt + (layer * LayerBytes);

        public int InputsOf(int layer) => layer == 0 ? Features : PassedOn;

        /// <summary>Reads counts and places; None when the bytes are a program, whatever its numbers.</summary>
        /// <param name="length">Of the program, which begins at the first byte.</param>
        public ProgramFlaw Read(byte[] program, int length)
        {
            if (length < ProgramHeader.Bytes + ProgramSeal.Bytes || Bytes.GetUInt32(program, ProgramHeader.MagicAt) != ProgramHeader.Magic)
            {
                return ProgramFlaw.Shape;
            }

            if (Bytes.GetUInt16(program, ProgramHeader.FormatAt) != ProgramHeader.Format)
            {
                return ProgramFlaw.Format;
            }

            if (Bytes.GetUInt32(program, ProgramHeader.LengthAt) != (uint)length || program[ProgramHeader.OutputAt] > (byte)ProgramOutput.Values ||
                program[ProgramHeader.SkipAt] > 1 || !Bytes.AreZero(program, ProgramHeader.ReservedAt, 2) ||
                RunPlan.CheckAt(program, ProgramHeader.PlanAt) != RefusalReason.Accepted)
            {
                return ProgramFlaw.Shape;
            }

            ReadCounts(program, length);
            return CountsAgree() && Place() && ClassesFill(program) ? ProgramFlaw.None : ProgramFlaw.Shape;
        }

        private void ReadCounts(byte[] program, int length)
        {
            Length = length;
            Plan.ReadAt(program, ProgramHeader.PlanAt);
            Layers = Bytes.GetUInt16(program, ProgramHeader.LayersAt);
            Branches = Bytes.GetUInt16(program, ProgramHeader.BranchesAt);
            Repeats = Bytes.GetUInt16(program, ProgramHeader.RepeatsAt);
            Features = Bytes.GetUInt16(program, ProgramHeader.FeaturesAt);
            Classes = Bytes.GetUInt16(program, ProgramHeader.ClassesAt);
            DataSlots = Bytes.GetUInt16(program, ProgramHeader.DataSlotsAt);
            ParameterSlots = Bytes.GetUInt16(program, ProgramHeader.ParameterSlotsAt);
            HoldSamples = Bytes.GetUInt16(program, ProgramHeader.HoldSamplesAt);
            Windows = Bytes.GetUInt16(program, ProgramHeader.WindowsAt);
            PassedOn = Bytes.GetUInt16(program, ProgramHeader.PassedOnAt);
            Scales = Bytes.GetUInt16(program, ProgramHeader.ScalesAt);
            HasSkip = program[ProgramHeader.SkipAt] != 0;
        }

        /// <summary>16-bit counts: products of two fit, and are compared before a third is made of them.</summary>
        private bool CountsAgree()
        {
            if (Layers == 0 || Branches == 0 || Repeats == 0 || Features == 0 || Classes == 0 || DataSlots == 0 || HoldSamples == 0 || Windows == 0 || PassedOn == 0)
            {
                return false;
            }

            // The host's numbers of slots and windows fit 16 bits, the largest of which stands for an idle slot.
            if ((long)Branches * DataSlots >= Idle || (long)Branches * ParameterSlots >= Idle || (long)Branches * Windows >= Idle ||
                (long)Branches * Repeats >= Idle)
            {
                return false;
            }

            return Plan.StimulusChannels == 1 && Plan.MeasurementChannels == 1 && Plan.ShotsPerBlock == Shots && PassedOn <= Carried &&
                (long)(DataSlots + ParameterSlots) * HoldSamples <= Plan.StimulusWords && (Scales == 1 || Scales == Units) && (!HasSkip || Windows == DataSlots);
        }

        private bool Place()
        {
            DataSlotAt = ProgramHeader.Bytes;
            ParameterSlotAt = DataSlotAt + (2 * DataSlots);
            WindowStartAt = ParameterSlotAt + (2 * ParameterSlots);
            MeanAt = WindowStartAt + (2 * (Windows + 1));
            SpreadAt = MeanAt + (4 * Windows);
            FirstLayerAt = SpreadAt + (4 * Windows);
            SourceIn = 8;
            ThetaIn = SourceIn + (2 * Units);
            ActuatorsIn = ThetaIn + (2 * Branches * ParameterSlots);
            ScaleIn = ActuatorsIn + (4 * Plan.Actuators);
            OffsetIn = ScaleIn + (4 * Scales);
            SkipIn = OffsetIn + (4 * Scales);
            LayerBytes = SkipIn + (HasSkip ? 4 : 0);
            long firstClass = FirstLayerAt + ((long)Layers * LayerBytes);
            if (firstClass > Length)
            {
                return false;
            }

            FirstClassAt = (int)firstClass;
            return true;
        }

        /// <summary>The classes' tables end where the seal begins, and each sums what there is.</summary>
        private bool ClassesFill(byte[] program)
        {
            int at = FirstClassAt;
            int end = Length - ProgramSeal.Bytes;
            for (int c = 0; c < Classes; c++)
            {
                if (at + ClassFixedBytes > end)
                {
                    return false;
                }

                int count = Bytes.GetUInt16(program, at + ClassCountAt);
                if (count == 0 || Bytes.GetUInt16(program, at + ClassFirstAt) + count > Carried)
                {
                    return false;
                }

                at += ClassFixedBytes + (4 * count);
            }

            return at == end;
        }
    }
}
