using Xunit.Sdk;
using Xunit.v3;
using static TorchSharp.torch;

// Live tensors and resident memory are counted for the whole process; two classes at once would count each other.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace PnnEdge.Twins.Torch.Tests;

/// <summary>Every test that touches TorchSharp starts here.</summary>
internal static class TorchHere
{
    /// <summary>Skips where there is no native library for the platform, fails where there is one and it does not load.</summary>
    public static void Require()
    {
        try
        {
            TorchEngine.Load();
        }
        catch (TorchUnavailableException none) when (none.NoLibraryForPlatform)
        {
            Assert.Skip($"skipped: {none.Message[..none.Message.IndexOf(';', StringComparison.Ordinal)]}");
        }

        // Small products: a second thread costs more than it brings, and on a busy machine the two wait for each other.
        set_num_threads(1);
    }
}
