using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>One layer of a loaded program.</summary>
    public sealed class LayerNumbers
    {
        /// <summary>Logical index of the first answer's first shot; only simulated physics looks at it.</summary>
        public readonly ulong FirstShot;

        /// <summary>[branch, data slot]: which input it carries, or <see cref="ProgramLayout.Idle"/>.</summary>
        public readonly ushort[] Source;

        /// <summary>[branch, parameter slot], codes.</summary>
        public readonly ushort[] ThetaCodes;

        /// <summary>[actuator], V.</summary>
        public readonly float[] ActuatorVolts;

        /// <summary>[1] or [branch, data slot].</summary>
        public readonly float[] Scale;

        /// <summary>[1] or [branch, data slot].</summary>
        public readonly float[] Offset;

        /// <summary>0 without one.</summary>
        public readonly float Skip;

        public LayerNumbers(byte[] program, ProgramLayout layout, int layer)
        {
            int at = layout.LayerAt(layer);
            FirstShot = Bytes.GetUInt64(program, at);
            Source = Tables.Words(program, at + layout.SourceIn, layout.Units);
            ThetaCodes = Tables.Words(program, at + layout.ThetaIn, layout.Branches * layout.ParameterSlots);
            ActuatorVolts = Tables.Floats(program, at + layout.ActuatorsIn, layout.Plan.Actuators);
            Scale = Tables.Floats(program, at + layout.ScaleIn, layout.Scales);
            Offset = Tables.Floats(program, at + layout.OffsetIn, layout.Scales);
            Skip = layout.HasSkip ? Bytes.GetSingle(program, at + layout.SkipIn) : 0f;
        }
    }

    /// <summary>A class of a loaded program: gain × (Σ share × carried) / width + offset.</summary>
    public sealed class ClassSum
    {
        /// <summary>Of what the last layer carried.</summary>
        public readonly int First;
        public readonly float Width;
        public readonly float Gain;
        public readonly float Offset;

        /// <summary>[carried, from <see cref="First"/> on].</summary>
        public readonly float[] Share;

        public ClassSum(byte[] program, int at)
        {
            First = Bytes.GetUInt16(program, at + ProgramLayout.ClassFirstAt);
            Width = Bytes.GetSingle(program, at + ProgramLayout.ClassWidthAt);
            Gain = Bytes.GetSingle(program, at + ProgramLayout.ClassGainAt);
            Offset = Bytes.GetSingle(program, at + ProgramLayout.ClassOffsetAt);
            Share = Tables.Floats(program, at + ProgramLayout.ClassFixedBytes, Bytes.GetUInt16(program, at + ProgramLayout.ClassCountAt));
        }

        public float Of(float[] carried)
        {
            double sum = 0;
            for (int i = 0; i < Share.Length; i++)
            {
                sum += (double)Share[i] * carried[First + i];
            }

            return (Gain * (float)(sum / Width)) + Offset;
        }
    }

    internal static class Tables
    {
        internal static ushort[] Words(byte[] program, int at, int count)
        {
            ushort[] words = new ushort[count];
            for (int i = 0; i < count; i++)
            {
                words[i] = Bytes.GetUInt16(program, at + (2 * i));
            }

            return words;
        }

        internal static float[] Floats(byte[] program, int at, int count)
        {
            float[] values = new float[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = Bytes.GetSingle(program, at + (4 * i));
            }

            return values;
        }
    }
}
