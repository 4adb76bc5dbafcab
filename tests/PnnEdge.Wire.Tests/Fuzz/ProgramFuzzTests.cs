using System.Buffers.Binary;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Fuzz;

/// <summary>Programs that are sealed under the device's key and still wrong: a compiler's error, or whoever has the key.</summary>
public class ProgramFuzzTests
{
    private const int Programs = 20_000;

    /// <summary>±4 V of ±5 V in 12 bits.</summary>
    private const int LowestCode = 410, HighestCode = 3686;
    private const int LargestStepCodes = 819;
    private const int RestCode = 2048;

    private static readonly ushort[] Awkward = [0, 1, 2, 3, 4, 5, 6, 0x7F, 0xFF, 2048, 4095, 0x7F80, 0x7FC0, 0x8000, 0xFF7F, 0xFF80, 0xFFFF];

    [Theory]
    [InlineData(1)]
    [InlineData(20261128)]
    public void Whatever_is_sealed_is_refused_or_drives_only_what_the_limits_allow(int seed)
    {
        Random random = new(seed);
        DeviceBench bench = DeviceBench.Connected();
        int taken = 0, answered = 0;
        for (int i = 0; i < Programs; i++)
        {
            byte[] program = GoldenProgram.With(bytes => Change(random, bytes));
            bench.Accept(HostFrame.Arm());
            Answer answer = bench.Ask(HostFrame.Program(1, program));
            bench.Accept(HostFrame.Command(CommandCode.Disarm, 2));
            if (answer.Reason != RefusalReason.Accepted) { continue; }
            taken++;
            int features = BinaryPrimitives.ReadUInt16LittleEndian(program.AsSpan(ProgramHeader.FeaturesAt));
            float[] input = [.. Enumerable.Range(0, features).Select(_ => random.Next(8) == 0 ? float.MaxValue : (float)(4 * random.NextDouble()) - 2)];
            answered += FrameHeader.Kind(bench.Give(HostFrame.Infer((uint)i + 1, input))[0]) == FrameKind.InferResult ? 1 : 0;
            Assert.NotEqual(LinkState.Fault, bench.Loop.State);
            Assert.True(bench.Converters.OutputsAreSafe);
            Assert.All(bench.Converters.Played, played => AssertAllowed(played.Codes));
            bench.Converters.Played.Clear();
            bench.Converters.Calls.Clear();
            bench.Link.Sent.Clear();
        }

        // The fuzz is worth its time only if it comes so far.
        Assert.True(taken > Programs / 20 && answered > Programs / 40, $"Of {Programs} programs {taken} were taken and {answered} answered.");
    }

    private static void AssertAllowed(int[] codes)
    {
        int before = RestCode;
        foreach (int code in codes.Append(RestCode))
        {
            Assert.InRange(code, LowestCode, HighestCode);
            Assert.InRange(code - before, -LargestStepCodes, LargestStepCodes);
            before = code;
        }
    }

    private static void Change(Random random, byte[] program)
    {
        for (int left = random.Next(1, 5); left > 0; left--)
        {
            int at = random.Next(program.Length - ProgramSeal.Bytes - 1);
            switch (random.Next(3))
            {
                case 0:
                    program[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    program[at] = (byte)random.Next(256);
                    break;
                default:
                    BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(at & ~1), Awkward[random.Next(Awkward.Length)]);
                    break;
            }
        }
    }
}
