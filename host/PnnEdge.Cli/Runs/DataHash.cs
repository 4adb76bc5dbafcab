using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PnnEdge.Training.Data;

namespace PnnEdge.Cli.Runs;

internal static class DataHash
{
    /// <summary>SHA-256 over features and labels of all three sets, lower-case hexadecimal.</summary>
    public static string Of(TaskData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Dataset set in new[] { data.Train, data.Validation, data.Test })
        {
            hash.AppendData(MemoryMarshal.AsBytes(set.Features.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(set.Labels.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
