using System.Buffers.Binary;
using System.Text;

namespace PnnEdge.Twins.Torch.Native;

/// <summary>Lets TorchSharp's Linux library load where the C++ runtime is one release older than the compiler it was built with (Debian 12).</summary>
/// <remarks>
/// GCC 13 makes every file that includes iostream ask for <see cref="Marker"/>, only so that an older libstdc++ is refused; nothing calls it.
/// Here the copy asks for a libc function of any version instead, and the version of libstdc++ that nothing else needs becomes optional.
/// </remarks>
internal static class OlderRuntime
{
    public const string Marker = "_ZSt21ios_base_library_initv";
    public const string MarkerVersion = "GLIBCXX_3.4.32";

    /// <summary>Has no effect, takes nothing, and is in every libc.</summary>
    public const string Harmless = "getpid";

    private const ushort AnyVersion = 1, WeakFlag = 2;

    /// <param name="library">The whole file; stays as it is.</param>
    /// <returns>The changed copy, as long as the original; null where the library does not ask for the marker.</returns>
    /// <exception cref="InvalidDataException">It is no ELF library, or the change would touch more than the marker.</exception>
    public static byte[]? Adapt(ReadOnlySpan<byte> library)
    {
        byte[] copy = library.ToArray();
        var image = new ElfImage(copy);
        if (image.Find(Marker) is not int marker || !image.IsUndefined(marker)) { return null; }
        VersionNeed need = image.Needs().FirstOrDefault(n => n.Index == image.VersionIndexOf(marker));
        if (need.Version != MarkerVersion) { throw new InvalidDataException($"{Marker} is asked for in version '{need.Version}'; this step knows {MarkerVersion}."); }
        int name = image.NameAt(marker);
        RequireMarkersOwn(image, marker, need, name);

        Encoding.ASCII.GetBytes(Harmless + '\0').CopyTo(copy.AsSpan(name));
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(image.VersionIndexAt(marker)), AnyVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(need.FlagsAt), (ushort)(need.Flags | WeakFlag));
        return copy;
    }

    // Names may share their tail with others, and a second symbol of that version would be missed only when it is called.
    private static void RequireMarkersOwn(ElfImage image, int marker, VersionNeed need, int name)
    {
        bool Inside(int at) => at >= name && at < name + Marker.Length;
        if (image.Needs().Any(n => Inside(n.NameAt))) { throw new InvalidDataException($"A version shares the name {Marker}."); }
        for (int symbol = 1; symbol < image.Symbols; symbol++)
        {
            if (symbol == marker) { continue; }
            if (Inside(image.NameAt(symbol))) { throw new InvalidDataException($"The symbol {image.NameOf(symbol)} shares the name {Marker}."); }
            if (image.VersionIndexOf(symbol) == need.Index) { throw new InvalidDataException($"The library also needs {image.NameOf(symbol)} of {MarkerVersion}, which an older runtime does not have."); }
        }
    }
}
