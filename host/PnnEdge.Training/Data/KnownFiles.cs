namespace PnnEdge.Training.Data;

/// <param name="Task">The task that needs it.</param>
/// <param name="RelativePath">Under the data folder.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="Source">Where it can be fetched; null where only a person can get it.</param>
/// <param name="Origin">Whose data it is.</param>
public sealed record KnownFile(string Task, string RelativePath, string Sha256, Uri? Source, string Origin);

/// <summary>Every file the tasks read, with its checksum.</summary>
public static class KnownFiles
{
    private const string Mnist = "MNIST (LeCun, Cortes, Burges)";

    public static KnownFile Vowels { get; } = new(
        "vowels", "vowels/vowels.csv", "2b47bc897fd8ec4c4c13aebc6b36404d560b5dcd388608de8fb53891f59efa0d", null,
        "spoken vowels (Hillenbrand et al. 1995), the data set of the original PNN code, CC BY 4.0");

    public static KnownFile MnistTrainImages { get; } = OfMnist("train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");

    public static KnownFile MnistTrainLabels { get; } = OfMnist("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c");

    public static KnownFile MnistTestImages { get; } = OfMnist("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6");

    public static KnownFile MnistTestLabels { get; } = OfMnist("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

    public static IReadOnlyList<KnownFile> All { get; } = [Vowels, MnistTrainImages, MnistTrainLabels, MnistTestImages, MnistTestLabels];

    // The public mirror that the common frameworks fetch the original files from; the checksum decides, not the address.
    private static KnownFile OfMnist(string file, string sha256) =>
        new("mnist", $"mnist/{file}", sha256, new Uri($"https://ossci-datasets.s3.amazonaws.com/mnist/{file}"), Mnist);
}
