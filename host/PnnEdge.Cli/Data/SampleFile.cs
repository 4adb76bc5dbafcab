using System.Globalization;
using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Data;

/// <summary>Samples as lines of numbers with commas between, as the network takes them; lines that begin with '#' and empty ones are left out.</summary>
internal static class SampleFile
{
    /// <param name="labelled">The last number of a line is its label, a whole number from 0 on.</param>
    /// <returns>[sample][feature], and [sample] labels or none.</returns>
    /// <exception cref="UserException">One sentence: the file, the line and what is wrong with it.</exception>
    public static (IReadOnlyList<float[]> Samples, IReadOnlyList<int> Labels) Read(string path, bool labelled)
    {
        List<float[]> samples = [];
        List<int> labels = [];
        int number = 0;
        foreach (string line in Lines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') { continue; }
            float[] values = [.. line.Split(',').Select(text => Number(text, path, number))];
            if (labelled)
            {
                labels.Add(values[^1] is >= 0 and <= ushort.MaxValue && values[^1] == MathF.Floor(values[^1])
                    ? (int)values[^1]
                    : throw new UserException($"{path}, line {number}: the label is {values[^1]}; possible are whole numbers from 0 to {ushort.MaxValue}."));
                values = values[..^1];
            }

            if (values.Length == 0 || (samples.Count > 0 && values.Length != samples[0].Length))
            {
                throw new UserException($"{path}, line {number}: {values.Length} features where the first sample has {(samples.Count > 0 ? samples[0].Length : "at least 1")}.");
            }

            samples.Add(values);
        }

        return samples.Count > 0 ? (samples, labels) : throw new UserException($"{path} holds no samples.");
    }

    private static IEnumerable<string> Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path).Select(line => line.Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The file {path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static float Number(string text, string path, int line) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new UserException($"{path}, line {line}: '{text.Trim()}' is no finite number.");
}
