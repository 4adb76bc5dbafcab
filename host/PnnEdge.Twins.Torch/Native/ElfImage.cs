using System.Buffers.Binary;
using System.Text;

namespace PnnEdge.Twins.Torch.Native;

/// <summary>What a 64-bit little-endian ELF library asks of others: its dynamic symbols and the versions that it needs of them.</summary>
/// <remarks>Source: System V gABI, chapters 4 and 5; LSB Core 5.0, 10.7 (symbol versioning).</remarks>
internal sealed class ElfImage
{
    private const uint SectionOfDynamicSymbols = 11, SectionOfVersionIndices = 0x6FFF_FFFF, SectionOfVersionNeeds = 0x6FFF_FFFE;
    private const int SectionHeaderBytes = 64, SymbolBytes = 24;

    private readonly byte[] _bytes;
    private readonly Section _symbols;
    private readonly Section _strings;
    private readonly Section _indices;
    private readonly Section _needs;

    /// <param name="bytes">The whole file; kept, not copied.</param>
    /// <exception cref="InvalidDataException">It is no such library, or one without symbol versions.</exception>
    public ElfImage(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8)) { throw new InvalidDataException("The file is no 64-bit little-endian ELF library."); }
        _symbols = SectionOf(SectionOfDynamicSymbols);
        _strings = SectionAt((int)_symbols.Link);
        _indices = SectionOf(SectionOfVersionIndices);
        _needs = SectionOf(SectionOfVersionNeeds);
        if (_indices.Bytes / 2 != Symbols) { throw new InvalidDataException($"The library has {Symbols} dynamic symbols and versions for {_indices.Bytes / 2}."); }
    }

    /// <summary>Dynamic symbols, the empty first one included.</summary>
    public int Symbols => _symbols.Bytes / SymbolBytes;

    /// <summary>Where a symbol's name starts in the file.</summary>
    public int NameAt(int symbol) => _strings.At + (int)UInt32(_symbols.At + (symbol * SymbolBytes));

    public string NameOf(int symbol) => Text(NameAt(symbol));

    /// <summary>Defined elsewhere: the loader has to find it.</summary>
    public bool IsUndefined(int symbol) => UInt16(_symbols.At + (symbol * SymbolBytes) + 6) == 0;

    /// <summary>Where a symbol's version index stands in the file; two bytes.</summary>
    public int VersionIndexAt(int symbol) => _indices.At + (2 * symbol);

    /// <summary>1 is any version; larger ones are those of <see cref="Needs"/>.</summary>
    public int VersionIndexOf(int symbol) => UInt16(VersionIndexAt(symbol)) & 0x7FFF;

    /// <returns>Null where the library has no such symbol.</returns>
    public int? Find(string name)
    {
        for (int symbol = 1; symbol < Symbols; symbol++)
        {
            if (NameOf(symbol) == name) { return symbol; }
        }

        return null;
    }

    /// <summary>Every version of every library that this one needs.</summary>
    public IEnumerable<VersionNeed> Needs()
    {
        for (int file = _needs.At; ;)
        {
            string library = Text(_strings.At + (int)UInt32(file + 4));
            int count = UInt16(file + 2), entry = file + (int)UInt32(file + 8);
            for (int i = 0; i < count; i++, entry += (int)UInt32(entry + 12))
            {
                int nameAt = _strings.At + (int)UInt32(entry + 8);
                yield return new VersionNeed(library, Text(nameAt), UInt16(entry + 6), entry + 4, UInt16(entry + 4), nameAt);
            }

            int next = (int)UInt32(file + 12);
            if (next == 0) { yield break; }
            file += next;
        }
    }

    private Section SectionOf(uint type)
    {
        int sections = UInt16(60);
        for (int i = 0; i < sections; i++)
        {
            Section section = SectionAt(i);
            if (section.Type == type) { return section; }
        }

        throw new InvalidDataException($"The library has no section of type 0x{type:X}.");
    }

    private Section SectionAt(int index)
    {
        int at = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(40)) + (index * SectionHeaderBytes));
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at + 24)), size = BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at + 32));
        return new Section(UInt32(at + 4), checked((int)offset), checked((int)size), UInt32(at + 40));
    }

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private string Text(int at)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan(at);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    /// <param name="At">First byte in the file.</param> <param name="Link">The section that holds its strings.</param>
    private readonly record struct Section(uint Type, int At, int Bytes, uint Link);
}

/// <param name="Library">Such as <c>libstdc++.so.6</c>.</param>
/// <param name="Version">Such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Index">By which symbols name it.</param>
/// <param name="FlagsAt">Where its flags stand in the file; two bytes.</param>
/// <param name="Flags">2 is weak: the loader goes on without it.</param>
/// <param name="NameAt">Where the version's name starts in the file.</param>
internal readonly record struct VersionNeed(string Library, string Version, int Index, int FlagsAt, int Flags, int NameAt);
