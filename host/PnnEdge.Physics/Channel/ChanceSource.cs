namespace PnnEdge.Physics.Channel;

/// <summary>What a random number is for; each purpose has its own numbers.</summary>
internal enum ChanceStream : uint
{
    OutputNoise = 1,
    GainJitter = 2,
    Temperature = 3,
    DacOffset = 4,
    Unit = 5,

    // Second harmonic.
    PulseEnergy = 20,
    PulseEnergyDrift = 21,
    SpectralShift = 22,
    DispersionDrift = 23,

    // Plate.
    PlateDamping = 30,
    MicrophoneGain = 31,

    // Oscillators.
    AmplitudeNoise = 40,
    CouplingDrift = 41,
    ForceDrift = 42,
    UnitCoupling = 43,
    UnitCouplingAdded = 44,

    // Loopback.
    LoopbackGain = 50,
    LoopbackOffset = 51,
}

/// <summary>Random numbers of one bench: a function of (seed, serial), purpose, logical shot index and position, nothing else.</summary>
internal readonly struct ChanceSource
{
    private readonly ulong _key;

    public ChanceSource(ulong seed, ulong serial) => _key = Mix(seed ^ Mix(serial));

    public PhiloxBlock Block(ChanceStream stream, ulong shot, uint block) =>
        Philox.At(new PhiloxBlock(block, (uint)stream, (uint)shot, (uint)(shot >> 32)), _key);

    /// <summary>Uniform in [−1, 1).</summary>
    public double Symmetric(ChanceStream stream, ulong shot, uint block) => (int)Block(stream, shot, block).W0 * (1.0 / (1u << 31));

    /// <summary>Mean 0, variance 1, within ±3.47: a sum of four uniform numbers, which needs no library function.</summary>
    public double NearNormal(ChanceStream stream, ulong shot, uint block)
    {
        (uint a, uint b, uint c, uint d) = Block(stream, shot, block);
        double sum = ((double)a + b + c + d) / 4294967296.0;
        return (sum - 2) * Math.Sqrt(3);
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014): neighbouring seeds and serials get unrelated keys.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
