using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>
    /// What is digital around a layer's shots, in the order of operations that WIRE.md (G-8) fixes: the host's network rounds in the same
    /// places, so that both apply the same codes.
    /// </summary>
    public sealed class LayerMath
    {
        private readonly VoltScale _drive;
        private readonly VoltScale _sense;

        /// <summary>Data slots clamped to the drive range, and measured words at an end of the converter's; counted on.</summary>
        public int Clamped;
        public uint Saturated;

        public LayerMath(VoltScale drive, VoltScale sense)
        {
            _drive = drive;
            _sense = sense;
        }

        /// <summary>Writes the codes of a layer's shots; false when a unit is not finite.</summary>
        /// <param name="input">The features, or what the layer before carried.</param>
        public bool Encode(DeployedProgram program, LayerNumbers layer, float[] input)
        {
            int slots = program.DataSlotAt.Length;
            int thetas = program.ParameterSlotAt.Length;
            for (int b = 0; b < program.Branches; b++)
            {
                for (int i = 0; i < slots; i++)
                {
                    int code = DataCode(program, layer, input, (b * slots) + i);
                    if (code < 0)
                    {
                        return false;
                    }

                    Hold(program, b, program.DataSlotAt[i], code);
                }

                for (int i = 0; i < thetas; i++)
                {
                    Hold(program, b, program.ParameterSlotAt[i], layer.ThetaCodes[(b * thetas) + i]);
                }
            }

            return true;
        }

        /// <summary>From a layer's measured codes to what it carries.</summary>
        public void Decode(DeployedProgram program, LayerNumbers layer)
        {
            int windows = program.MeanVolts.Length;
            float span = program.MaxVolts - program.MinVolts;
            for (int b = 0; b < program.Branches; b++)
            {
                for (int w = 0; w < windows; w++)
                {
                    int at = (b * windows) + w;
                    float carried = (WindowVolts(program, b, w) - program.MeanVolts[w]) / program.SpreadVolts[w];
                    if (program.HasSkip)
                    {
                        carried += layer.Skip * ((program.AppliedUnit[at] - program.MinVolts) / span);
                    }

                    program.Carried[at] = carried;
                }
            }
        }

        /// <summary>-1 when the unit is not finite.</summary>
        private int DataCode(DeployedProgram program, LayerNumbers layer, float[] input, int slot)
        {
            int source = layer.Source[slot];
            if (source == ProgramLayout.Idle)
            {
                return program.IdleCode;
            }

            int own = layer.Scale.Length == 1 ? 0 : slot;
            float unit = (layer.Scale[own] * input[source]) + layer.Offset[own];
            if (!Bytes.IsFinite(unit))
            {
                return -1;
            }

            if (!(unit >= 0f && unit <= 1f))
            {
                Clamped++;
            }

            float volts = program.MinVolts + (unit * (program.MaxVolts - program.MinVolts));
            volts = volts < program.MinVolts ? program.MinVolts : volts > program.MaxVolts ? program.MaxVolts : volts;
            int code = _drive.CodeFromVolts(volts);
            if (program.HasSkip)
            {
                program.AppliedUnit[slot] = _drive.VoltsFromCode(code);
            }

            return code;
        }

        /// <summary>The same word for as long as the slot is held, in every repeat of the branch's shot.</summary>
        private static void Hold(DeployedProgram program, int branch, int slot, int code)
        {
            int shotBytes = 2 * program.Plan.StimulusWords;
            byte low = (byte)code;
            byte high = (byte)(code >> 8);
            byte[] stimulus = program.Stimulus;
            for (int r = 0; r < program.Repeats; r++)
            {
                int at = (((branch * program.Repeats) + r) * shotBytes) + (2 * slot * program.HoldSamples);
                for (int end = at + (2 * program.HoldSamples); at < end; at += 2)
                {
                    stimulus[at] = low;
                    stimulus[at + 1] = high;
                }
            }
        }

        private float WindowVolts(DeployedProgram program, int branch, int window)
        {
            int from = program.WindowStart[window];
            int to = program.WindowStart[window + 1];
            double sum = 0;
            for (int sample = from; sample < to; sample++)
            {
                sum += SampleVolts(program, branch, sample);
            }

            return (float)(sum / (to - from));
        }

        private float SampleVolts(DeployedProgram program, int branch, int sample)
        {
            int words = program.Plan.MeasurementWords;
            int at = 2 * ((branch * program.Repeats * words) + sample);
            if (program.Repeats == 1)
            {
                return Volts(program.Measurement, at);
            }

            double sum = 0;
            for (int r = 0; r < program.Repeats; r++)
            {
                sum += Volts(program.Measurement, at + (2 * r * words));
            }

            return (float)(sum / program.Repeats);
        }

        private float Volts(byte[] measurement, int at)
        {
            int code = measurement[at] | (measurement[at + 1] << 8);
            if (code == 0 || code == _sense.Codes - 1)
            {
                Saturated++;
            }

            return _sense.VoltsFromCode(code);
        }
    }
}
