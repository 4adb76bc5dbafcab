using System.Runtime.InteropServices;
using PnnEdge.Twins.Torch.Native;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch.Tests.Native;

public sealed class LoadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pnnedge-torch");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TorchSharp_computes_here()
    {
        TorchHere.Require();
        using var scope = NewDisposeScope();
        Assert.Equal(4f, ones(2, 2).sum().item<float>());
        Assert.True(TorchEngine.IsAvailable(out string? reason), reason);
        Assert.Null(reason);
    }

    [Fact]
    public void The_library_is_adapted_exactly_where_the_loader_refuses_the_original()
    {
        TorchHere.Require();
        string original = NativeTorch.Require(NativeTorch.Rid, NativeTorch.Folders());
        (string path, bool adapted) = TorchEngine.Library();
        Assert.Equal(adapted, !NativeLibrary.TryLoad(original, out _));
        Assert.Equal(adapted, path != original);
    }

    [Fact]
    public void An_adaptation_is_told_and_a_library_as_it_came_is_not()
    {
        TorchHere.Require();
        var told = new List<string>();
        TorchEngine.Load(told.Add);
        (string path, bool adapted) = TorchEngine.Library();
        Assert.Equal(adapted ? [$"The C++ runtime here is older than TorchSharp's; loaded an adapted copy of its library, {path}."] : [], told);
    }

    [Fact]
    public void A_platform_without_a_library_is_named_in_one_sentence()
    {
        var none = Assert.Throws<TorchUnavailableException>(() => NativeTorch.Require("linux-arm64", [_folder.FullName]));
        Assert.Equal("TorchSharp has no native library for linux-arm64; the managed engine goes on.", none.Message);
        Assert.True(none.NoLibraryForPlatform);
        Assert.True(none.Again().NoLibraryForPlatform);
        Assert.Equal(none.Message, none.Again().Message);
    }

    [Fact]
    public void A_copy_lies_under_the_originals_hash_and_is_not_written_twice()
    {
        byte[] original = [1, 2, 3], adapted = [1, 9, 3];
        string path = AdaptedCopy.Write(_folder.FullName, "lib.so", original, adapted);
        Assert.EndsWith(Path.Combine("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", "lib.so"), path, StringComparison.Ordinal); // SHA-256 of 01 02 03
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.Equal(path, AdaptedCopy.Write(_folder.FullName, "lib.so", original, adapted));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
    }

    [Theory, InlineData(new byte[] { 1, 9 }), InlineData(new byte[] { 1, 9, 4 }), InlineData(new byte[0])]
    public void A_damaged_copy_is_replaced(byte[] damaged)
    {
        byte[] original = [1, 2, 3], adapted = [1, 9, 3];
        string path = AdaptedCopy.Write(_folder.FullName, "lib.so", original, adapted);
        File.WriteAllBytes(path, damaged);
        AdaptedCopy.Write(_folder.FullName, "lib.so", original, adapted);
        Assert.Equal(adapted, File.ReadAllBytes(path));
    }

    [Fact]
    public void Writers_at_the_same_time_leave_one_whole_copy_and_nothing_else()
    {
        byte[] original = [1, 2, 3], adapted = new byte[1 << 20];
        adapted.AsSpan().Fill(7);
        string[] paths = new string[8];
        Parallel.For(0, paths.Length, i => paths[i] = AdaptedCopy.Write(_folder.FullName, "lib.so", original, adapted));
        string path = Assert.Single(paths.Distinct());
        Assert.Equal(adapted, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_cache_folder_is_the_users_own()
    {
        Assert.Equal(Path.Combine("/c", "pnnedge", "torchsharp"), AdaptedCopy.CacheFolder("/c", "/h"));
        Assert.Equal(Path.Combine("/h", ".cache", "pnnedge", "torchsharp"), AdaptedCopy.CacheFolder(null, "/h"));
        Assert.Equal(Path.Combine("/h", ".cache", "pnnedge", "torchsharp"), AdaptedCopy.CacheFolder("relative", "/h")); // the specification: ignored
    }
}
