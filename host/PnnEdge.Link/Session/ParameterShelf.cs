using System.Runtime.InteropServices;

namespace PnnEdge.Link.Session;

/// <summary>Which parameter sets the device holds: the newest few, the oldest making room, in the order they were sent.</summary>
internal sealed class ParameterShelf
{
    private readonly List<ParameterSet> _sets = [];
    private int _capacity = 1;

    public uint NewestVersion { get; private set; }

    /// <summary>Empties the shelf: every epoch begins without sets. Versions go on ascending.</summary>
    public void Clear(int capacity)
    {
        _capacity = capacity;
        _sets.Clear();
    }

    /// <summary>The set of exactly these volts (bit by bit), if the device holds it.</summary>
    public ParameterSet? Find(float[] volts) =>
        _sets.Find(set => MemoryMarshal.AsBytes<float>(set.Volts).SequenceEqual(MemoryMarshal.AsBytes<float>(volts)));

    public void Remove(ParameterSet set) => _sets.Remove(set);

    /// <summary>Puts new volts on the shelf under the next version.</summary>
    public ParameterSet Add(float[] volts)
    {
        if (_sets.Count == _capacity)
        {
            _sets.RemoveAt(0);
        }

        ParameterSet set = new(++NewestVersion, [.. volts]);
        _sets.Add(set);
        return set;
    }
}

/// <param name="Volts">[actuator], V.</param>
internal sealed record ParameterSet(uint Version, float[] Volts)
{
    /// <summary>CRC-32 of the set's payload.</summary>
    public uint Hash { get; set; }
}
