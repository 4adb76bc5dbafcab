namespace PnnEdge.Training.Calibration;

/// <summary>Tells an output's effect from noise: Fisher's F of what each input reads at the output's two ends, against how much the same shot scatters when it is repeated.</summary>
/// <param name="moved">[input]: set where an output moved it.</param> <param name="alarm">Probability that any input of a dead output is taken for one that moved.</param>
/// <param name="stepVolts">Of the measuring converter, V; 0 where there is none.</param>
internal sealed class MovedInputs(int bases, bool[] moved, double alarm, double stepVolts)
{
    /// <summary>Behind a scatter that an F can be held against: its quantile is then a tenth above that of a known one.</summary>
    private const int LeastFree = 60;

    private readonly double[][] _squares = [.. Enumerable.Range(0, bases).Select(_ => new double[moved.Length])];
    private readonly int[] _free = new int[bases];

    /// <summary>At either end, even, for so many outputs to tell how much readings scatter.</summary>
    public static int LeastRepeats(int outputs)
    {
        int each = 1 + ((LeastFree + (2 * outputs) - 1) / (2 * outputs));
        return each + (each % 2);
    }

    /// <returns>[input], V: how far its means at both ends are apart.</returns>
    public double[] Add(int atBase, EndReadings read)
    {
        double[] up = Mean(atBase, read.Up), down = Mean(atBase, read.Down);
        return [.. up.Select((v, i) => v - down[i])];
    }

    /// <param name="apart">[base][input], V.</param> <param name="repeats">At either end.</param>
    public bool HasMoved(double[][] apart, int repeats)
    {
        double least = Uncertain.FisherQuantile(1 - (alarm / moved.Length), bases, _free.Min());
        bool any = false;
        for (int i = 0; i < moved.Length; i++)
        {
            double f = 0;
            for (int b = 0; b < bases; b++)
            {
                double variance = Math.Max(_squares[b][i] / _free[b], stepVolts * stepVolts / 12), square = apart[b][i] * apart[b][i];
                f += square == 0 ? 0 : repeats * square / (2 * variance * bases); // without noise and steps any difference is one
            }

            if (f > least) { moved[i] = any = true; }
        }

        return any;
    }

    private double[] Mean(int atBase, List<float[]> shots)
    {
        double[] mean = new double[moved.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            double first = shots[0][i], sum = 0, squares = 0;
            foreach (float[] shot in shots)
            {
                double apart = shot[i] - first; // no digits are lost
                sum += apart;
                squares += apart * apart;
            }

            mean[i] = first + (sum / shots.Count);
            _squares[atBase][i] += squares - (sum * sum / shots.Count);
        }

        _free[atBase] += shots.Count - 1;
        return mean;
    }
}
