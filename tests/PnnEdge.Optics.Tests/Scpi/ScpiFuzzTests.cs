using System.Text;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Scpi;

/// <summary>A hundred thousand messages that nobody sends on purpose: to the table, and to the controller.</summary>
public sealed class ScpiFuzzTests
{
    private const int Messages = 100_000;

    [Fact]
    public void The_table_survives_mutated_messages_and_then_answers_as_before()
    {
        byte[][] valid =
        [
            .. new[]
            {
                "*IDN?", "*CLS;*ESE 60;*ESR?", ":SYST:ERR?;*STB?", "SHUT ON;SHUT?;SHUT OFF", "SOURCE:SHUTTER:STATE?", "MEAS:POW?", "SENS:AVER:COUN 3", "INT:TIME 1E-3",
                "SIM:SHOT 12345;:INIT;*OPC?", "WAV:DATA?", "FETC:SPEC?", "*RST", "*SRE 4;*SRE?;*TST?", "SHUT 'a string';#12xy",
            }.Select(text => Encoding.Latin1.GetBytes(text + "\n")),
            [.. "SHAP:FRAM "u8, .. DefiniteBlock.Of(new byte[640]), (byte)'\n'],
        ];
        var commands = new TableCommands(TableOnSocket.NewTable(), InstrumentDialect.Load("pnnedge-table"), TableOnSocket.Serial);
        var session = new TableSession(commands);
        var mutation = new Mutation(seed: 1, valid);
        long answered = 0;
        for (int i = 0; i < Messages; i++) { answered += session.Receive(mutation.Next()).Length; }
        Assert.True(answered > Messages); // most were still messages: a bit of everything was obeyed

        // A mutated length may still be waited for: its bytes end it, as a new connection would.
        var after = new TableSession(commands);
        Assert.Equal("PnnEdge,Optical table,7,0.1\n", Encoding.Latin1.GetString(after.Receive("*IDN?\n"u8)));
        session.Receive(new byte[TableSession.MaxMessageBytes]);
    }

    [Fact]
    public async Task The_controller_survives_mutated_answers_with_one_of_its_two_exceptions()
    {
        OpticalRig rig = TableOnSocket.Rig with { Health = TableOnSocket.Rig.Health with { DarkExposures = 1, ReferenceExposures = 1 } };
        InstrumentDialect dialect = InstrumentDialect.Load("pnnedge-table");
        var table = new TableSession(new TableCommands(TableOnSocket.NewTable(), dialect, TableOnSocket.Serial));
        (Operation Ask, byte[] Answer)[] valid =
        [
            (Operation.Identify, "PnnEdge,Optical table,7,0.1\n"u8.ToArray()),
            (Operation.NextError, "-113,\"Undefined header;X\"\n"u8.ToArray()),
            (Operation.Power, "9.997086E-002\n"u8.ToArray()),
            (Operation.Wavelengths, table.Receive("WAV:DATA?\n"u8)),
            (Operation.Fetch, table.Receive("INIT\nFETC:SPEC?\n"u8)),
        ];
        var mutation = new Mutation(seed: 2, [.. valid.Select(pair => pair.Answer)]);
        int told = 0, lost = 0;
        for (int i = 0; i < Messages; i++)
        {
            byte[] answer = mutation.Next();
            await using var connection = new ScpiConnection("fuzz", _ => Task.FromResult<Stream>(new PeerStream(_ => answer)), TimeSpan.FromSeconds(20), TimeProvider.System);
            await connection.OpenAsync();
            var instrument = new Instrument("table", dialect, connection);
            try
            {
                switch (valid[mutation.Picked].Ask)
                {
                    case Operation.NextError:
                        await instrument.RequireNoErrorAsync("a message");
                        break;
                    case Operation.Wavelengths or Operation.Fetch:
                        double[] numbers = await instrument.AskNumbersAsync(valid[mutation.Picked].Ask, rig.Spectrometer.Pixels);
                        Assert.All(numbers, number => Assert.True(double.IsFinite(number)));
                        break;
                    case Operation.Power:
                        Assert.True(double.IsFinite(await instrument.AskNumberAsync(Operation.Power)));
                        break;
                    default:
                        await instrument.OpenAsync();
                        break;
                }
            }
            catch (PhysicalSystemException)
            {
                told++;
            }
            catch (InstrumentLostException)
            {
                lost++;
            }
        }

        Assert.True(told > 1000 && lost > 1000 && told + lost < Messages, $"{told} told, {lost} lost of {Messages}"); // all three ends were seen
    }

    /// <summary>One to eight changes to a valid message: bits, bytes, cuts, doubled and torn parts, lengths of blocks.</summary>
    private sealed class Mutation(int seed, byte[][] valid)
    {
        private const int LongestBytes = 4096;

        private readonly Random _random = new(seed);

        public int Picked { get; private set; }

        public byte[] Next()
        {
            Picked = _random.Next(valid.Length);
            List<byte> message = [.. valid[Picked]];
            for (int left = _random.Next(1, 9); left > 0 && _random.Next(4) > 0; left--) { Change(message); }
            return [.. message.Take(LongestBytes)];
        }

        private void Change(List<byte> message)
        {
            int at = _random.Next(message.Count + 1);
            switch (_random.Next(7))
            {
                case 0 when at < message.Count:
                    message[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when at < message.Count:
                    message[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    message.Insert(at, (byte)"#\n;:,?\"'*0 9E-"[_random.Next(14)]);
                    break;
                case 3:
                    message.RemoveRange(at, message.Count - at);
                    break;
                case 4:
                    message.RemoveRange(at, Math.Min(_random.Next(8), message.Count - at));
                    break;
                case 5:
                    int count = _random.Next(message.Count - at + 1);
                    message.InsertRange(_random.Next(message.Count + 1), message.GetRange(at, Math.Min(count, 200)));
                    break;
                default:
                    message.InsertRange(at, valid[_random.Next(valid.Length)]);
                    break;
            }
        }
    }
}
