using System.Globalization;

namespace PnnEdge.Training.Data;

/// <summary>Spoken vowels (Hillenbrand et al. 1995) as a table: split,label,f0…f11; the test split is the one of the original PNN experiment.</summary>
public static class VowelsCsv
{
    public const int FeatureCount = 12;

    public static IReadOnlyList<string> ClassNames { get; } = ["ae", "ah", "aw", "uw", "er", "iy", "ih"];

    /// <exception cref="InvalidDataException">One sentence: the file, the line, what is wrong there.</exception>
    public static (Dataset Train, Dataset Test) Read(string path)
    {
        using StreamReader reader = new(path);
        return Read(reader, path);
    }

    /// <param name="path">Named in error messages.</param>
    public static (Dataset Train, Dataset Test) Read(TextReader reader, string path)
    {
        string? header = reader.ReadLine();
        if (header?.Trim() != "split,label," + string.Join(',', Enumerable.Range(0, FeatureCount).Select(i => $"f{i}")))
        {
            throw new InvalidDataException($"{path} is not a vowels table: its first line is not split,label,f0,…,f11.");
        }

        var train = new Rows();
        var test = new Rows();
        for (int line = 2; reader.ReadLine() is string text; line++)
        {
            if (text.Length == 0) { continue; }
            string[] cells = text.Split(',');
            Rows rows = cells[0] switch
            {
                "train" => train,
                "test" => test,
                _ => throw new InvalidDataException($"{path}, line {line}: the split is '{Shortened(cells[0])}'; it is train or test."),
            };
            if (cells.Length != 2 + FeatureCount) { throw new InvalidDataException($"{path}, line {line}: {cells.Length} columns; there are {2 + FeatureCount}."); }
            if (!int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int label) || label >= ClassNames.Count)
            {
                throw new InvalidDataException($"{path}, line {line}: the label is '{Shortened(cells[1])}'; labels are 0 to {ClassNames.Count - 1}.");
            }

            rows.Labels.Add(label);
            for (int f = 0; f < FeatureCount; f++)
            {
                if (!float.TryParse(cells[2 + f], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
                {
                    throw new InvalidDataException($"{path}, line {line}: f{f} is '{Shortened(cells[2 + f])}'; it is a finite number.");
                }

                rows.Features.Add(value);
            }
        }

        if (train.Labels.Count == 0 || test.Labels.Count == 0)
        {
            throw new InvalidDataException($"{path} has {train.Labels.Count} train and {test.Labels.Count} test samples; it needs both.");
        }

        return (train.ToDataset("vowels train"), test.ToDataset("vowels test"));
    }

    private static string Shortened(string cell) => cell.Length <= 20 ? cell : cell[..20] + "…";

    private sealed class Rows
    {
        public List<int> Labels { get; } = [];

        public List<float> Features { get; } = [];

        public Dataset ToDataset(string name) => new Dataset(name, Generated: false, FeatureCount, [.. Features], [.. Labels], ClassNames).Checked();
    }
}
