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

    private static readonly int Pixels = TableOnSocket.Rig.Spectrometer.Pixels;

    [Theory]
    [InlineData("table")]
    [InlineData("table-dmd")] // its frames are 10 KB of mirrors, eight a byte
    public void The_table_survives_mutated_messages_and_then_answers_as_before(string name)
    {
        var rig = OpticalRig.Load(name);
        byte[][] valid =
        [
            .. new[]
            {
                "*IDN?", "*CLS;*ESE 60;*ESR?", ":SYST:ERR?;*STB?", "SHUT ON;SHUT?;SHUT OFF", "SHUT:TIM 2.5;TIM?", "SOURCE:SHUTTER:STATE?", "MEAS:POW?", "SENS:AVER:COUN 3", "INT:TIME 1E-3",
                "SIM:SHOT 12345;:INIT;*OPC?", "WAV:DATA?", "FETC:SPEC?", "*RST", "*SRE 4;*SRE?;*TST?", "SHUT 'a string';#12xy",
            }.Select(text => Encoding.Latin1.GetBytes(text + "\n")),
            [.. "SHAP:FRAM "u8, .. DefiniteBlock.Of(new byte[rig.Shaper.Block.BytesPerFrame]), (byte)'\n'],
        ];
        var commands = TableOnSocket.NewCommands(TableOnSocket.TableOf(rig));
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
        (string Dialect, Operation Ask, byte[] Answer)[] valid = [.. ValidAnswers()];
        Dictionary<string, InstrumentDialect> dialects = valid.Select(one => one.Dialect).Distinct().ToDictionary(name => name, InstrumentDialect.Load);
        var mutation = new Mutation(seed: 2, [.. valid.Select(one => one.Answer)]);
        int[] whole = new int[valid.Length], told = new int[valid.Length], lost = new int[valid.Length];
        for (int i = 0; i < Messages; i++)
        {
            byte[] answer = mutation.Next();
            await using var connection = new ScpiConnection("fuzz", _ => Task.FromResult<Stream>(new PeerStream(_ => answer)), TimeSpan.FromSeconds(20), TimeProvider.System);
            await connection.OpenAsync();
            var instrument = new Instrument("table", dialects[valid[mutation.Picked].Dialect], connection);
            try
            {
                await AskAsync(instrument, valid[mutation.Picked].Ask);
                whole[mutation.Picked]++;
            }
            catch (PhysicalSystemException)
            {
                told[mutation.Picked]++;
            }
            catch (InstrumentLostException)
            {
                lost[mutation.Picked]++;
            }
        }

        // Every answer was understood at times and not at others, and all three ends were seen.
        Assert.All(Enumerable.Range(0, valid.Length), i => Assert.True(
            whole[i] + told[i] > 100 && lost[i] > 100, $"{valid[i].Dialect}, {valid[i].Ask}: {whole[i]} understood, {told[i]} told, {lost[i]} lost"));
        Assert.True(whole.Sum() > 1000 && told.Sum() > 1000, $"{whole.Sum()} understood, {told.Sum()} told of {Messages}");
    }

    /// <summary>What instruments answer; of a login and a measurement all answers at once.</summary>
    private static IEnumerable<(string Dialect, Operation Ask, byte[] Answer)> ValidAnswers()
    {
        const string Table = "pnnedge-table", Osa = "yokogawa-aq6374", Meter = "thorlabs-pm100d";
        TableSession Session(string dialect) => new(TableOnSocket.NewCommands(TableOnSocket.NewTable(), dialect));
        TableSession table = Session(Table), osa = Session(Osa);
        yield return (Table, Operation.Identify, "PnnEdge,Optical table,7,0.1\n"u8.ToArray());
        yield return (Table, Operation.NextError, "-113,\"Undefined header;X\"\n"u8.ToArray());
        yield return (Table, Operation.Power, "9.997086E-002\n"u8.ToArray());
        yield return (Table, Operation.Wavelengths, table.Receive("WAV:DATA?\n"u8));
        yield return (Table, Operation.Fetch, table.Receive("INIT\nFETC:SPEC?\n"u8));
        yield return (Osa, Operation.Identify, [.. osa.Receive("open \"anonymous\"\n \n"u8), .. "YOKOGAWA,AQ6374,91V714535,01.03\n"u8]);
        yield return (Osa, Operation.NextError, "0,\"No error\"\n"u8.ToArray());
        yield return (Osa, Operation.Measure, "1\n0,\"No error\"\n"u8.ToArray());
        yield return (Osa, Operation.Wavelengths, osa.Receive(":TRAC:X? TRA\n"u8));
        yield return (Osa, Operation.Fetch, osa.Receive(":INIT\n:TRAC:Y? TRA\n"u8));
        yield return (Meter, Operation.Identify, "Thorlabs,PM100D,P0012345,2.4.0\n"u8.ToArray());
        yield return (Meter, Operation.NextError, "+0,\"No error\"\n"u8.ToArray());
        yield return (Meter, Operation.Power, "1.00260000E-01\n"u8.ToArray());
    }

    private static async Task AskAsync(Instrument instrument, Operation ask)
    {
        switch (ask)
        {
            case Operation.NextError:
                await instrument.RequireNoErrorAsync("a message");
                break;
            case Operation.Wavelengths or Operation.Fetch:
                double[] numbers = await instrument.AskNumbersAsync(ask, Pixels);
                Assert.All(numbers, number => Assert.True(double.IsFinite(number)));
                break;
            case Operation.Power:
                Assert.True(double.IsFinite(await instrument.AskNumberAsync(Operation.Power)));
                break;
            case Operation.Measure:
                await instrument.MeasureAsync(TimeSpan.Zero, TimeProvider.System); // what is not done at the first look is lost
                break;
            default:
                await instrument.OpenAsync();
                break;
        }
    }

    /// <summary>One to eight changes to a valid message: bits, bytes, cuts, doubled and torn parts, lengths of blocks.</summary>
    private sealed class Mutation(int seed, byte[][] valid)
    {
        private const int LongestBytes = 16384;

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
