using System.IO.Compression;
using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Baselines;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;

namespace PnnEdge.Training.Tests;

public sealed class DataTests : IDisposable
{
    private const string Header = "split,label,f0,f1,f2,f3,f4,f5,f6,f7,f8,f9,f10,f11";
    private const string Row = ",3,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1.0,0.11,0.12";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_vowels_table_is_read_by_its_split()
    {
        (Dataset train, Dataset test) = Vowels($"{Header}\ntrain{Row}\ntest{Row}\ntrain{Row}\n");
        Assert.Equal((2, 1), (train.Count, test.Count));
        Assert.Equal([3, 3], train.Labels);
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1f, 0.11f, 0.12f], test.Features);
        Assert.False(train.Generated);
    }

    [Theory]
    [InlineData("", "first line is not")]
    [InlineData("split,label\n", "first line is not")]
    [InlineData($"{Header}\nvalid{Row}\n", "line 2: the split is 'valid'")]
    [InlineData($"{Header}\ntrain{Row}\ntest,7,1,1,1,1,1,1,1,1,1,1,1,1\n", "line 3: the label is '7'")]
    [InlineData($"{Header}\ntrain,-1,1,1,1,1,1,1,1,1,1,1,1,1\n", "the label is '-1'")]
    [InlineData($"{Header}\ntrain,1,1,1\n", "4 columns; there are 14")]
    [InlineData($"{Header}\ntrain,1,NaN,1,1,1,1,1,1,1,1,1,1,1\n", "f0 is 'NaN'")]
    [InlineData($"{Header}\ntrain,1,1,1,1,1,1,1,1,1,1,1,1,x\n", "f11 is 'x'")]
    [InlineData($"{Header}\ntrain{Row}\n", "0 test samples")]
    public void A_broken_vowels_table_is_refused_with_file_and_place(string text, string says)
    {
        string message = Assert.Throws<InvalidDataException>(() => Vowels(text)).Message;
        Assert.StartsWith("vowels.csv", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mnist_pixels_are_averaged_four_by_four_into_one()
    {
        (string images, string labels) = Mnist(2);
        Dataset data = MnistIdx.Read(images, labels, "mnist");
        Assert.Equal((2, 196, 10), (data.Count, data.FeatureCount, data.Classes));
        Assert.Equal([0, 1], data.Labels);

        // Pixel (row, column) of sample s holds (s + row + column) mod 256: the mean of the four at (2, 4) is s + 7.
        Assert.Equal(7 / 255f, data.Features[(1 * 14) + 2], 1e-7f);
        Assert.Equal(8 / 255f, data.Features[196 + (1 * 14) + 2], 1e-7f);
        Assert.Equal(1, MnistIdx.Read(images, labels, "mnist", limit: 1).Count);
    }

    [Fact]
    public void Broken_mnist_files_are_refused_with_their_path()
    {
        (string images, string labels) = Mnist(2);
        Says("ends before", Rewrite(images, bytes => bytes[..^1]), labels);
        Says("goes on after", Rewrite(images, bytes => [.. bytes, 0]), labels);
        Says("starts with 0x00000801", labels, labels);
        Says("side of 27", Rewrite(images, bytes => { bytes[11] = 27; return bytes; }), labels);
        Says("states 4294967295 samples", Rewrite(images, bytes => { bytes.AsSpan(4, 4).Fill(255); return bytes; }), labels);
        Says("ends before", Rewrite(images, bytes => bytes[..9]), labels);
        Says("label 11 at sample 1", images, Rewrite(labels, bytes => { bytes[9] = 11; return bytes; }));
        string plain = _folder.File("plain.gz");
        File.WriteAllText(plain, "this is not gzip");
        Says("not a readable gzip file", plain, labels);
        byte[] cut = File.ReadAllBytes(images);
        string cutPath = _folder.File("cut.gz");
        File.WriteAllBytes(cutPath, cut[..(cut.Length / 2)]);
        Says("cut.gz", cutPath, labels);

        static void Says(string says, string images, string labels)
        {
            string message = Assert.Throws<InvalidDataException>(() => MnistIdx.Read(images, labels, "mnist")).Message;
            Assert.Contains(says, message, StringComparison.Ordinal);
            Assert.Contains(".gz", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_data_file_is_named_with_its_remedy()
    {
        DataFolder folder = DataFolder.Resolve(_folder.File("nothing"), "cache");
        string mnist = Assert.Throws<FileNotFoundException>(() => TaskLoader.Load(ExperimentCatalog.Get("circuit-mnist"), folder, 1)).Message;
        Assert.Contains("pnn data get mnist", mnist, StringComparison.Ordinal);
        Assert.Contains("PNN_DATA", Assert.Throws<FileNotFoundException>(() => TaskLoader.Load(ExperimentCatalog.Get("circuit-vowels"), folder, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(FileState.Missing, folder.StateOf(KnownFiles.Vowels));
        Assert.Equal(Path.GetFullPath("cache"), DataFolder.Resolve(" ", "cache").Root);
    }

    [Fact]
    public void A_file_with_another_checksum_is_seen()
    {
        DataFolder folder = DataFolder.Resolve(_folder.File("data"), "cache");
        Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(KnownFiles.Vowels))!);
        File.WriteAllText(folder.PathOf(KnownFiles.Vowels), Header);
        Assert.Equal(FileState.WrongChecksum, folder.StateOf(KnownFiles.Vowels));
    }

    [Fact]
    public void The_generated_set_says_so_and_has_the_shape_of_the_vowels()
    {
        (Dataset train, Dataset test) = GeneratedFormants.Create(1);
        Assert.True(train.Generated && test.Generated);
        Assert.Equal((210, 49, 12), (train.Count, test.Count, train.FeatureCount));
        Assert.All(Enumerable.Range(0, 7), c => Assert.Equal((30, 7), (train.Labels.Count(l => l == c), test.Labels.Count(l => l == c))));
        Assert.InRange(train.Features.Min(), 0.1f, 1f);
        Assert.InRange(train.Features.Max(), 0.1f, 1.6f);
        Assert.Equal(train.Features, GeneratedFormants.Create(1).Train.Features);
        Assert.NotEqual(train.Features, GeneratedFormants.Create(2).Train.Features);
    }

    [Fact]
    public void A_stratified_split_loses_nothing_shares_nothing_and_keeps_the_classes()
    {
        float[] features = [.. Enumerable.Range(0, 100).Select(i => (float)i)];
        var all = new Dataset("all", true, 1, features, [.. Enumerable.Range(0, 100).Select(i => i < 30 ? 0 : 1)], ["a", "b"]);
        (Dataset first, Dataset second) = Splitting.Stratified(all, 0.2, 4, "first", "second");
        Assert.Equal(features, first.Features.Concat(second.Features).Order());
        Assert.Equal((6, 14), (second.Labels.Count(l => l == 0), second.Labels.Count(l => l == 1)));
        Assert.All(Enumerable.Range(0, second.Count), i => Assert.Equal(second.Features[i] < 30 ? 0 : 1, second.Labels[i]));
        Assert.Equal(second.Features, Splitting.Stratified(all, 0.2, 4, "first", "second").Second.Features);
        Assert.NotEqual(second.Features, Splitting.Stratified(all, 0.2, 5, "first", "second").Second.Features);
        Assert.Equal(50, Splitting.Stratified(all, 0.2, 4, "first", "second", limit: 50).First.Count);
    }

    [Fact]
    public void Scaling_takes_its_range_from_the_training_samples_alone()
    {
        var train = new Dataset("t", true, 2, [1, 5, 3, 5], [0, 1], ["a", "b"]);
        TaskData scaled = FeatureScaling.ToTrainRange(new TaskData(train, train, train with { Features = [4, 9, 2, 5] }));
        Assert.Equal([0f, 0, 1, 0], scaled.Train.Features);
        Assert.Equal([1.5f, 0, 0.5f, 0], scaled.Test.Features);
    }

    [Fact]
    public void The_digital_baseline_separates_what_a_line_separates_and_guesses_on_noise()
    {
        Assert.InRange(SoftmaxRegression.Run(TinyTask.Data(), 300, default).TestAccuracy, 0.95, 1);
        var random = new SeededRandom(3);
        Dataset noise = new("noise", true, 4, [.. Enumerable.Range(0, 1200).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 300).Select(_ => random.NextInt32(3))], ["a", "b", "c"]);
        (Dataset rest, Dataset test) = Splitting.Stratified(noise, 0.5, 1, "rest", "test");
        (Dataset train, Dataset validation) = Splitting.Stratified(rest, 0.3, 1, "train", "validation");

        // Chance is 1/3 of 150; four standard deviations of a binomial are 0.15.
        Assert.InRange(SoftmaxRegression.Run(new TaskData(train, validation, test), 300, default).TestAccuracy, 0.33 - 0.16, 0.33 + 0.16);
    }

    [Fact]
    public void A_feature_that_is_not_finite_is_refused() =>
        Assert.Contains("feature 1 of sample 0", Assert.Throws<InvalidDataException>(() => new Dataset("d", true, 2, [1, float.NaN], [0], ["a"]).Checked()).Message, StringComparison.Ordinal);

    private static (Dataset Train, Dataset Test) Vowels(string text) => VowelsCsv.Read(new StringReader(text), "vowels.csv");

    private (string Images, string Labels) Mnist(int count)
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28,
            .. from s in Enumerable.Range(0, count) from row in Enumerable.Range(0, 28) from column in Enumerable.Range(0, 28) select (byte)(s + row + column)];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(s => (byte)s)];
        return (Zip("images.gz", images), Zip("labels.gz", labels));
    }

    private string Rewrite(string path, Func<byte[], byte[]> change)
    {
        using var unzipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        unzipped.CopyTo(bytes);
        return Zip($"changed{Guid.NewGuid():N}.gz", change(bytes.ToArray()));
    }

    private string Zip(string name, byte[] bytes)
    {
        string path = _folder.File(name);
        using var zipped = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        zipped.Write(bytes);
        return path;
    }
}
