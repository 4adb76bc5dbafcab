using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>A program as it is run: its numbers, and the memory that every answer reuses. It was checked before it was loaded.</summary>
    public sealed class DeployedProgram
    {
        public readonly uint Version;
        public readonly int TimerMillis;
        public readonly ProgramOutput Output;
        public readonly int Branches;
        public readonly int Repeats;
        public readonly int HoldSamples;
        public readonly int PassedOn;
        public readonly bool HasSkip;
        public readonly RunPlan Plan;
        public readonly float MinVolts;
        public readonly float MaxVolts;
        public readonly int IdleCode;

        /// <summary>[data slot] and [parameter slot]: places among all slots.</summary>
        public readonly ushort[] DataSlotAt;
        public readonly ushort[] ParameterSlotAt;

        /// <summary>[window + 1]: first measured sample of each, and the last one's end.</summary>
        public readonly ushort[] WindowStart;

        /// <summary>[window], V.</summary>
        public readonly float[] MeanVolts;
        public readonly float[] SpreadVolts;
        public readonly LayerNumbers[] Layers;
        public readonly ClassSum[] Classes;

        /// <summary>[feature]: what the program is run on.</summary>
        public readonly float[] Features;

        /// <summary>[branch, window]: what the newest layer carried.</summary>
        public readonly float[] Carried;

        /// <summary>[branch, data slot], 1: as applied; empty without a skip.</summary>
        public readonly float[] AppliedUnit;

        /// <summary>[class].</summary>
        public readonly float[] Scores;

        /// <summary>[branch, repeat, sample], codes of one layer.</summary>
        public readonly byte[] Stimulus;
        public readonly byte[] Measurement;

        public DeployedProgram(byte[] program, ProgramLayout layout)
        {
            Version = Bytes.GetUInt32(program, ProgramHeader.ProgramVersionAt);
            TimerMillis = (int)Bytes.GetUInt32(program, ProgramHeader.TimerMillisAt);
            Output = (ProgramOutput)program[ProgramHeader.OutputAt];
            Branches = layout.Branches;
            Repeats = layout.Repeats;
            HoldSamples = layout.HoldSamples;
            PassedOn = layout.PassedOn;
            HasSkip = layout.HasSkip;
            Plan = layout.Plan;
            MinVolts = Bytes.GetSingle(program, ProgramHeader.MinVoltsAt);
            MaxVolts = Bytes.GetSingle(program, ProgramHeader.MaxVoltsAt);
            IdleCode = Bytes.GetUInt16(program, ProgramHeader.IdleCodeAt);
            DataSlotAt = Tables.Words(program, layout.DataSlotAt, layout.DataSlots);
            ParameterSlotAt = Tables.Words(program, layout.ParameterSlotAt, layout.ParameterSlots);
            WindowStart = Tables.Words(program, layout.WindowStartAt, layout.Windows + 1);
            MeanVolts = Tables.Floats(program, layout.MeanAt, layout.Windows);
            SpreadVolts = Tables.Floats(program, layout.SpreadAt, layout.Windows);
            Layers = new LayerNumbers[layout.Layers];
            for (int l = 0; l < Layers.Length; l++)
            {
                Layers[l] = new LayerNumbers(program, layout, l);
            }

            Classes = new ClassSum[layout.Classes];
            int at = layout.FirstClassAt;
            for (int c = 0; c < Classes.Length; c++)
            {
                Classes[c] = new ClassSum(program, at);
                at += ProgramLayout.ClassFixedBytes + (4 * Classes[c].Share.Length);
            }

            Features = new float[layout.Features];
            Carried = new float[layout.Carried];
            AppliedUnit = new float[layout.HasSkip ? layout.Units : 0];
            Scores = new float[layout.Classes];
            Stimulus = new byte[2 * layout.Shots * Plan.StimulusWords];
            Measurement = new byte[2 * layout.Shots * Plan.MeasurementWords];
            FillWithRest(Bytes.GetUInt16(program, ProgramHeader.RestCodeAt));
        }

        /// <summary>Samples outside every slot keep this for ever.</summary>
        private void FillWithRest(int code)
        {
            for (int at = 0; at < Stimulus.Length; at += 2)
            {
                Stimulus[at] = (byte)code;
                Stimulus[at + 1] = (byte)(code >> 8);
            }
        }
    }
}
