using System;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>From a program's scores to what it answers.</summary>
    public static class ProgramAnswer
    {
        public static void Write(byte[] frame, DeployedProgram program)
        {
            float[] scores = program.Scores;
            int winner = 0;
            float confidence = 1f;
            if (program.Output == ProgramOutput.Largest)
            {
                winner = Largest(scores);
                confidence = Share(scores, winner);
            }

            InferResult.Write(frame, winner, program.Version, confidence, scores);
        }

        public static bool AreFinite(float[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!Bytes.IsFinite(values[i]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The first of equal ones.</summary>
        private static int Largest(float[] scores)
        {
            int best = 0;
            for (int c = 1; c < scores.Length; c++)
            {
                if (scores[c] > scores[best])
                {
                    best = c;
                }
            }

            return best;
        }

        /// <summary>Of the softmax; no exponent is above 0, so that none runs away.</summary>
        private static float Share(float[] scores, int winner)
        {
            double sum = 0;
            for (int c = 0; c < scores.Length; c++)
            {
                sum += Math.Exp((double)scores[c] - scores[winner]);
            }

            return (float)(1 / sum);
        }
    }
}
