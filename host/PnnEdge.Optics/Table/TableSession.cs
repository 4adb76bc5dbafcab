using System.Globalization;
using System.Text;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Table;

/// <summary>One controller's conversation with the table: bytes in, bytes out; no socket, no clock. Error queue and status are its own.</summary>
public sealed class TableSession(TableCommands commands)
{
    /// <summary>64 frames and some commands.</summary>
    public const int MaxMessageBytes = 1 << 20;

    private readonly MessageScanner _scanner = new(MaxMessageBytes);
    private readonly ScpiErrors _errors = new();
    private readonly StandardEvents _events = new();
    private int _loginStep;

    /// <param name="bytes">As they came, in pieces of any size.</param>
    /// <returns>What is to be answered, in whole lines; empty for nothing.</returns>
    public byte[] Receive(ReadOnlySpan<byte> bytes)
    {
        List<byte> answers = [];
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_scanner.Take(bytes, out byte[]? message)..];
            if (message is null) { break; }
            if (_scanner.WasTooLong) { Add(ScpiError.Of(-363, $"a message has {MaxMessageBytes} bytes at most")); }
            else { Answer(message, answers); }
        }

        return [.. answers];
    }

    /// <summary>The controller has gone.</summary>
    public void End() => commands.Leave(this);

    private void Answer(byte[] message, List<byte> answers)
    {
        if (_loginStep < commands.Dialect.Login.Length)
        {
            LoginStep step = commands.Dialect.Login[_loginStep];
            bool isRight = Encoding.Latin1.GetString(message) == step.Send;
            _loginStep = isRight ? _loginStep + 1 : 0;
            answers.AddRange(Encoding.Latin1.GetBytes((isRight ? step.Expect : "ERROR") + "\n"));
            return;
        }

        int start = answers.Count;
        try
        {
            foreach (ProgramUnit unit in ProgramMessage.Units(message))
            {
                if ((Common(unit) ?? commands.Obey(unit, this)) is not { Length: > 0 } answer) { continue; }
                if (answers.Count > start) { answers.Add((byte)';'); }
                answers.AddRange(answer);
            }
        }
        catch (ScpiRefusalException refusal)
        {
            Add(refusal.Error);
        }

        if (answers.Count > start) { answers.Add((byte)'\n'); }
    }

    private void Add(ScpiError error)
    {
        _errors.Add(error);
        _events.Raise(error);
    }

    /// <summary>IEEE 488.2-1992, 10; SCPI-99 volume 2, 21.8 and 21.21.</summary>
    /// <returns>Empty for a command that is obeyed and has no answer; null for a device's own command.</returns>
    private byte[]? Common(ProgramUnit unit)
    {
        string header = unit.Header.ToUpperInvariant();
        switch (header)
        {
            case "*IDN?":
                return Text(commands.Identity);
            case "*CLS":
                _errors.Clear();
                _events.Clear();
                return [];
            case "*OPC":
                _events.Complete();
                return [];
            case "*OPC?":
                return Text("1");
            case "*WAI":
                return [];
            case "*RST":
                commands.Reset();
                return [];
            case "*TST?":
                return Text("0");
            case "*ESR?":
                return Number(_events.TakeEvents());
            case "*ESE?":
                return Number(_events.EventEnable);
            case "*ESE":
                _events.EventEnable = Mask(unit);
                return [];
            case "*SRE?":
                return Number(_events.ServiceEnable);
            case "*SRE":
                _events.ServiceEnable = Mask(unit);
                return [];
            case "*STB?":
                return Number(_events.StatusByte(_errors.Count > 0));
            case "SYST:ERR?" or "SYSTEM:ERROR?" or "SYST:ERR:NEXT?" or "SYSTEM:ERROR:NEXT?":
                return Text(_errors.Next().ToResponse());
            case "SYST:ERR:COUN?" or "SYSTEM:ERROR:COUNT?":
                return Number(_errors.Count);
            case "SYST:VERS?" or "SYSTEM:VERSION?":
                return Text("1999.0");
            default:
                return null;
        }
    }

    private static byte Mask(ProgramUnit unit)
    {
        if (unit.Parameters.Count != 1) { throw new ScpiRefusalException(unit.Parameters.Count == 0 ? -109 : -108); }
        double value = Math.Round(unit.Number(0));
        return value is >= 0 and <= 255 ? (byte)value : throw new ScpiRefusalException(-222, "0 to 255 are possible");
    }

    private static byte[] Number(int number) => Text(number.ToString(CultureInfo.InvariantCulture));

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
