using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>The slow plane's line on the deployed program: small, rare, whole numbers only.</summary>
    public static class InferenceText
    {
        public static string Of(InferencePlane inference)
        {
            DeployedProgram program = inference.Program;
            string text = "{\"program\":" + program.Version.ToString() + ",\"timerMillis\":" + program.TimerMillis.ToString() +
                ",\"answers\":" + ((long)inference.Answers).ToString() + ",\"kept\":" + inference.Kept.ToString();
            byte[] newest = inference.Newest;
            if (newest != null)
            {
                text += ",\"source\":\"" + (InferResult.Source(newest) == InferSource.Timer ? "timer" : "request") +
                    "\",\"class\":" + InferResult.Class(newest).ToString() +
                    ",\"confidencePerMille\":" + ((int)((1000f * InferResult.Confidence(newest)) + 0.5f)).ToString() +
                    ",\"clamped\":" + InferResult.Clamped(newest).ToString() + ",\"saturated\":" + InferResult.Saturated(newest).ToString() +
                    ",\"runMicros\":" + InferResult.RunMicros(newest).ToString();
            }

            return text + "}";
        }
    }
}
