using System.Text;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Dialects;

/// <summary>Every dialect said out loud: the rig's messages are those of its transcript, letter by letter, and what the instrument answered is understood.</summary>
public sealed class TranscriptTests
{
    private static readonly HealthSettings OneExposure = TableOnSocket.Rig.Health with { DarkExposures = 1, ReferenceExposures = 1 };

    [Fact]
    public void Every_dialect_has_a_transcript() =>
        Assert.All(InstrumentDialect.Names, name => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Transcripts", $"{name}.txt")), name));

    [Fact]
    public async Task The_table_s_dialect_is_spoken_as_recorded()
    {
        var transcript = Transcript.Load("pnnedge-table");
        await using (OpticalSystem system = await OpenAsync(TableOnSocket.Rig with { Health = OneExposure }, _ => transcript))
        {
            Measurement measured = await system.RunAsync(TableOnSocket.Shots(1), CancellationToken.None);
            await using var direct = new DirectTable(TableOnSocket.Rig with { Health = OneExposure }, TableOnSocket.NewTable(), TableOnSocket.Serial);
            Assert.Equal((await direct.RunAsync(TableOnSocket.Shots(1), CancellationToken.None)).Volts, measured.Volts);
        }

        Assert.True(transcript.IsOver);
    }

    [Fact]
    public void The_table_answers_its_transcript_as_recorded()
    {
        var session = new TableSession(TableOnSocket.NewCommands(TableOnSocket.NewTable()));
        List<string> said = [], expected = [];
        foreach ((bool isAnswer, byte[] message) in Transcript.Load("pnnedge-table").Messages)
        {
            if (isAnswer) { expected.Add(TranscriptText.Of(message)); }
            else { said.AddRange(session.Receive([.. message, (byte)'\n']) is { Length: > 0 } answer ? [TranscriptText.Of(answer[..^1])] : []); }
        }

        Assert.Equal(expected, said);
    }

    [Fact]
    public async Task A_spectrum_analyzer_a_power_meter_a_shutter_and_a_display_are_one_rig()
    {
        Dictionary<string, Transcript> transcripts = new() { ["osa"] = Transcript.Load("yokogawa-aq6374"), ["power-meter"] = Transcript.Load("thorlabs-pm100d"), ["shutter"] = Transcript.Load("shutter") };
        string display = Path.GetTempFileName();
        try
        {
            OpticalRig rig = OpticalRig.Load("osa-display");
            rig = rig with
            {
                Shaper = rig.Shaper with { Display = rig.Shaper.Display! with { Path = display, SettleMilliseconds = 0 } },
                Spectrometer = rig.Spectrometer with { Pixels = 5, Bins = 5 },
                Health = rig.Health with { DarkExposures = 1, ReferenceExposures = 1 },
            };
            float[] half = [.. Enumerable.Repeat(0.5f, 100)];
            await using (OpticalSystem system = await OpenAsync(rig, address => transcripts[address.Host]))
            {
                Assert.Equal(("osa-display#91V714535", false), (system.Description.Name, system.Description.Simulated));
                Measurement measured = await system.RunAsync(new Stimulus(0, 1, half, []), CancellationToken.None);

                // Bin 0 has the longest wavelength; 1 nW is 1 V, the dark level is subtracted.
                Assert.Equal([1.25f, 2f, 0.5f, 0.25f, 0f], measured.Volts.Select(volts => MathF.Round(volts, 5)));
            }

            // Columns 960 to 969 of the display see the middle: amplitude ½ is ±60° on alternate rows, every colour alike.
            byte[] shown = File.ReadAllBytes(display);
            Assert.Equal(1080 * 7680, shown.Length);
            double Rad(int row) => PhaseOf(rig, shown[(row * 7680) + (960 * 4)]);
            Assert.Equal(Math.PI / 3, Rad(0), 0.015); // half of the largest step between levels
            Assert.Equal(5 * Math.PI / 3, Rad(1), 0.015);
            Assert.Equal(Rad(1), Rad(1079));
            Assert.Equal(shown[960 * 4], shown[(960 * 4) + 3]);
        }
        finally
        {
            File.Delete(display);
        }

        Assert.All(transcripts, transcript => Assert.True(transcript.Value.IsOver, transcript.Key));
    }

    [Fact]
    public void The_simulated_table_speaks_a_spectrum_analyzer_s_dialect_too()
    {
        var session = new TableSession(TableOnSocket.NewCommands(TableOnSocket.NewTable(), "yokogawa-aq6374"));
        string Say(string message) => Encoding.Latin1.GetString(session.Receive(Encoding.Latin1.GetBytes(message + "\n"))).TrimEnd('\n');
        Assert.Equal("ERROR", Say("*IDN?")); // not before its login
        Assert.Equal("AUTHENTICATE CRAM-MD5.", Say("open \"anonymous\""));
        Assert.Equal("ready", Say(" "));
        Assert.Equal("YOKOGAWA,AQ6374,simulated-7,0.1", Say("*IDN?"));
        Assert.Equal("1", Say(":FORM ASC;:INIT:SMOD SING;:INIT;:STAT:OPER?"));
        double[] levels = NumberCodec.TryRead(NumberFormat.Ascii, Encoding.Latin1.GetBytes(Say(":TRAC:Y? TRA")))!;
        double[] metres = NumberCodec.TryRead(NumberFormat.Ascii, Encoding.Latin1.GetBytes(Say(":TRACE:DATA:X? TRA")))!;
        Assert.Equal((64, 64), (levels.Length, metres.Length));
        Assert.InRange(metres[32], 389e-9, 391e-9);
        Assert.Equal("0,\"No error\"", Say(":SYST:ERR?"));
    }

    private static double PhaseOf(OpticalRig rig, byte level) => rig.Shaper.SpanRad * Math.Pow(level / 255.0, rig.Shaper.Gamma);

    private static Task<OpticalSystem> OpenAsync(OpticalRig rig, Func<ScpiAddress, Transcript> transcriptOf)
    {
        var link = new RigLink(rig, new ScpiAddress("table", 5025), address =>
        {
            Transcript transcript = transcriptOf(address);
            return new ScpiConnection(address.ToString(), _ => Task.FromResult<Stream>(new PeerStream(transcript.Answer)), TimeSpan.FromSeconds(20), TimeProvider.System);
        });
        return OpticalSystem.OpenAsync(rig, link, TimeProvider.System, _ => { }, CancellationToken.None);
    }
}
