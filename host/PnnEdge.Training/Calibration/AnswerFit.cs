namespace PnnEdge.Training.Calibration;

/// <summary>How one answer to the probe lies against another: the gain and offset that bring it closest, and what is left.</summary>
/// <param name="Gain">1 where the answers are alike.</param>
/// <param name="OffsetVolts">V.</param>
/// <param name="Widths">√(Σ (left/width)²/outputs).</param>
public readonly record struct AnswerFit(double Gain, double OffsetVolts, double Widths)
{
    /// <param name="answer">[shot, sample], V.</param> <param name="kept">[shot, sample], V.</param> <param name="widths">[shot, sample], V: weights are 1/width².</param>
    public static AnswerFit Of(ReadOnlySpan<double> answer, ReadOnlySpan<double> kept, ReadOnlySpan<double> widths)
    {
        if (answer.Length != kept.Length) { throw new ArgumentException($"The probe has {kept.Length} outputs; {answer.Length} were read."); }
        double weights = 0, meanKept = 0, meanAnswer = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            double weight = 1 / (widths[i] * widths[i]);
            weights += weight;
            meanKept += weight * kept[i];
            meanAnswer += weight * answer[i];
        }

        (meanKept, meanAnswer) = (meanKept / weights, meanAnswer / weights);
        double spread = 0, cross = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            double weight = 1 / (widths[i] * widths[i]), x = kept[i] - meanKept;
            spread += weight * x * x;
            cross += weight * x * (answer[i] - meanAnswer);
        }

        double gain = cross / spread, offset = meanAnswer - (gain * meanKept), left = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            double apart = (answer[i] - offset - (gain * kept[i])) / widths[i];
            left += apart * apart;
        }

        return new AnswerFit(gain, offset, Math.Sqrt(left / kept.Length));
    }
}
