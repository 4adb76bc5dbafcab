using System.Buffers.Binary;
using PnnEdge.Twins.Torch.Native;

namespace PnnEdge.Twins.Torch.Tests.Native;

/// <summary>The compatibility step on the bytes of TorchSharp's own library.</summary>
public class OlderRuntimeTests
{
    [Fact]
    public void The_copy_asks_for_a_harmless_libc_function_of_any_version_in_the_place_of_the_marker()
    {
        (byte[] original, byte[] adapted) = Libraries();
        var before = new ElfImage(original);
        var after = new ElfImage(adapted);
        int marker = Assert.IsType<int>(before.Find(OlderRuntime.Marker));
        Assert.True(before.IsUndefined(marker));
        Assert.Null(after.Find(OlderRuntime.Marker));
        Assert.Equal("getpid", after.NameOf(marker));
        Assert.True(after.IsUndefined(marker));
        Assert.Equal(1, after.VersionIndexOf(marker));
    }

    [Fact]
    public void The_newer_version_becomes_weak_and_no_other_does()
    {
        (byte[] original, byte[] adapted) = Libraries();
        VersionNeed[] before = [.. new ElfImage(original).Needs()], after = [.. new ElfImage(adapted).Needs()];
        Assert.Equal(before.Length, after.Length);
        Assert.Contains(before, need => need is { Library: "libstdc++.so.6", Version: "GLIBCXX_3.4.32", Flags: 0 });
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First with { Flags = pair.First.Version == "GLIBCXX_3.4.32" ? 2 : pair.First.Flags }, pair.Second));
    }

    [Fact]
    public void Nothing_else_differs()
    {
        (byte[] original, byte[] adapted) = Libraries();
        var image = new ElfImage(original);
        int marker = image.Find(OlderRuntime.Marker)!.Value;
        VersionNeed need = image.Needs().Single(n => n.Version == "GLIBCXX_3.4.32");
        HashSet<int> allowed = [.. Enumerable.Range(image.NameAt(marker), "getpid\0".Length), .. Enumerable.Range(image.VersionIndexAt(marker), 2), .. Enumerable.Range(need.FlagsAt, 2)];
        Assert.Equal(original.Length, adapted.Length);
        Assert.All(Enumerable.Range(0, original.Length).Where(i => original[i] != adapted[i]), i => Assert.Contains(i, allowed));
    }

    [Fact]
    public void The_original_stays_as_it_is_and_an_adapted_copy_needs_no_second_step()
    {
        (byte[] original, byte[] adapted) = Libraries();
        Assert.NotEqual(original, adapted);
        Assert.NotNull(new ElfImage(original).Find(OlderRuntime.Marker));
        Assert.Null(OlderRuntime.Adapt(adapted));
    }

    [Fact]
    public void A_library_with_a_second_symbol_of_the_newer_version_is_refused()
    {
        byte[] library = Libraries().Original;
        var image = new ElfImage(library);
        int other = Enumerable.Range(1, image.Symbols - 1).First(symbol => image.IsUndefined(symbol) && image.VersionIndexOf(symbol) > 1 && image.NameOf(symbol) != OlderRuntime.Marker);
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(image.VersionIndexAt(other)), (ushort)image.VersionIndexOf(image.Find(OlderRuntime.Marker)!.Value));
        Assert.Contains(image.NameOf(other), Assert.Throws<InvalidDataException>(() => OlderRuntime.Adapt(library)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_marker_of_a_version_this_step_does_not_know_is_refused()
    {
        byte[] library = Libraries().Original;
        VersionNeed need = new ElfImage(library).Needs().Single(n => n.Version == "GLIBCXX_3.4.32");
        library[need.NameAt + "GLIBCXX_3.4.3".Length] = (byte)'3';
        Assert.Contains("GLIBCXX_3.4.33", Assert.Throws<InvalidDataException>(() => OlderRuntime.Adapt(library)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_such_library_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => OlderRuntime.Adapt(new byte[200]));
        Assert.Throws<InvalidDataException>(() => OlderRuntime.Adapt("MZ"u8));
    }

    private static (byte[] Original, byte[] Adapted) Libraries()
    {
        TorchHere.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "skipped: the step is Linux's");
        byte[] original = File.ReadAllBytes(NativeTorch.Require(NativeTorch.Rid, NativeTorch.Folders()));
        return (original, OlderRuntime.Adapt(original)!);
    }
}
