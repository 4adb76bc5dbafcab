using System.Runtime.InteropServices;

namespace PnnEdge.Link.Session;

/// <summary>
/// Which parameter sets the device holds: the newest few, the oldest making room, in the order they were sent. A training step
/// may bring tens of thousands of values, so a set that made room leaves its memory to the next.
/// </summary>
internal sealed class ParameterShelf
{
    private readonly List<ParameterSet> _sets = [];
    private float[] _spare = [];
    private int _capacity = 1;

    public uint NewestVersion { get; private set; }

    /// <summary>Empties the shelf: every epoch begins without sets. Versions go on ascending.</summary>
    public void Clear(int capacity)
    {
        _capacity = capacity;
        _sets.Clear();
    }

    /// <summary>The set of exactly these volts (bit by bit), if the device holds it.</summary>
    public ParameterSet? Find(float[] volts)
    {
        ReadOnlySpan<byte> asked = MemoryMarshal.AsBytes<float>(volts);
        for (int i = _sets.Count - 1; i >= 0; i--)
        {
            // Two sets that a step lies between differ in their first values: comparing whole ones is for those that are equal.
            if (MemoryMarshal.AsBytes<float>(_sets[i].Volts).SequenceEqual(asked))
            {
                return _sets[i];
            }
        }

        return null;
    }

    public void Remove(ParameterSet set) => _sets.Remove(set);

    /// <summary>Puts new volts on the shelf under the next version. A set that makes room for them must not be used any more.</summary>
    public ParameterSet Add(float[] volts)
    {
        if (_sets.Count == _capacity)
        {
            _spare = _sets[0].Volts;
            _sets.RemoveAt(0);
        }

        float[] kept = _spare.Length == volts.Length ? _spare : new float[volts.Length];
        _spare = [];
        volts.CopyTo(kept, 0);
        ParameterSet set = new(++NewestVersion, kept);
        _sets.Add(set);
        return set;
    }
}

/// <param name="version">Ascending, from 1.</param>
/// <param name="volts">[actuator], V.</param>
internal sealed class ParameterSet(uint version, float[] volts)
{
    public uint Version => version;

    public float[] Volts => volts;

    /// <summary>CRC-32 of the set's payload.</summary>
    public uint Hash { get; set; }
}
