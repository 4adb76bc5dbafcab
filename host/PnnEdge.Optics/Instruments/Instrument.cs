using System.Globalization;
using System.Text;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Scpi;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Instruments;

/// <summary>An instrument in its dialect. What its error queue holds becomes one sentence; what the wire did becomes an <see cref="InstrumentLostException"/>.</summary>
/// <param name="role">For sentences, such as <c>spectrometer</c>.</param>
public sealed class Instrument(string role, InstrumentDialect dialect, ScpiConnection connection) : IAsyncDisposable
{
    // An instrument that gives more than its queue can hold is not telling errors.
    private const int MostErrors = 50;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<Operation, CommandTemplate[]> _commands =
        dialect.Commands.ToDictionary(command => command.Key, command => command.Value.Select(CommandTemplate.Parse).ToArray());

    public InstrumentDialect Dialect => dialect;

    /// <summary>Its answer to <c>*IDN?</c>.</summary>
    public string Identity { get; private set; } = string.Empty;

    public bool IsOpen => connection.IsOpen;

    /// <summary>Connects, logs in and asks who is there.</summary>
    /// <exception cref="InstrumentLostException">Nobody answers.</exception>
    /// <exception cref="PhysicalSystemException">Somebody else answers.</exception>
    public async Task OpenAsync()
    {
        await connection.OpenAsync();
        foreach (LoginStep step in dialect.Login)
        {
            await connection.SendAsync(Encoding.Latin1.GetBytes(step.Send + "\n"));
            string said = await connection.ReadTextAsync();
            if (!said.StartsWith(step.Expect, StringComparison.OrdinalIgnoreCase))
            {
                throw new PhysicalSystemException($"The {role} at {connection.Name} refused the login of dialect {dialect.Name}: it said '{ProgramUnit.Shown(said)}' where '{step.Expect}' was expected.");
            }
        }

        string identity = await AskTextAsync(Operation.Identify);
        if (!identity.StartsWith(dialect.Identification, StringComparison.OrdinalIgnoreCase))
        {
            throw new PhysicalSystemException($"The {role} at {connection.Name} is '{identity}'; dialect {dialect.Name} is for '{dialect.Identification}'.");
        }

        if (Identity.Length > 0 && identity != Identity)
        {
            throw new PhysicalSystemException($"The {role} at {connection.Name} was '{Identity}' and is '{identity}' now; another instrument has taken its place.");
        }

        Identity = identity;
    }

    /// <summary>Sends an operation's messages; whether they were obeyed tells <see cref="RequireNoErrorAsync"/>.</summary>
    public Task DoAsync(Operation operation, CommandArgument argument = default) => connection.SendAsync(Filled(operation, argument));

    /// <summary>As <see cref="DoAsync"/>, where the dialect has a command for it.</summary>
    public Task DoIfKnownAsync(Operation operation, CommandArgument argument = default) => dialect.Knows(operation) ? DoAsync(operation, argument) : Task.CompletedTask;

    public async Task<byte[]> AskAsync(Operation operation)
    {
        await connection.SendAsync(Filled(operation, default));
        return await connection.ReadAsync();
    }

    public async Task<string> AskTextAsync(Operation operation) => Encoding.Latin1.GetString(await AskAsync(operation));

    /// <exception cref="InstrumentLostException">The answer is not a number.</exception>
    public async Task<double> AskNumberAsync(Operation operation)
    {
        string answer = await AskTextAsync(operation);
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new InstrumentLostException($"The {role} at {connection.Name} answered {operation} with '{ProgramUnit.Shown(answer)}', which is not a number.");
    }

    /// <param name="count">How many there must be; null for any.</param>
    /// <exception cref="InstrumentLostException">The answer is not that many numbers.</exception>
    public async Task<double[]> AskNumbersAsync(Operation operation, int? count = null)
    {
        byte[] answer = await AskAsync(operation);
        NumberFormat format = operation == Operation.Wavelengths ? dialect.AxisNumbers : dialect.Numbers;
        return NumberCodec.TryRead(format, answer) is double[] numbers && numbers.Length == (count ?? numbers.Length)
            ? numbers
            : throw new InstrumentLostException($"The {role} at {connection.Name} answered {operation} with {answer.Length} bytes that are not {(count is null ? "" : $"{count} ")}numbers of format {format}.");
    }

    /// <summary>Measures and waits until that is done.</summary>
    /// <param name="patience">Before it is given up.</param>
    /// <param name="what">For the sentence that a refusal becomes.</param>
    /// <exception cref="InstrumentLostException">It took longer, or the wire failed.</exception>
    /// <exception cref="PhysicalSystemException">It was refused.</exception>
    public async Task MeasureAsync(TimeSpan patience, TimeProvider time, string what = "a measurement")
    {
        await DoAsync(Operation.Measure);
        if (dialect.Knows(Operation.Wait)) { await AskNumberAsync(Operation.Wait); }
        long start = time.GetTimestamp();
        while (dialect.Knows(Operation.IsDone) && ((int)await AskNumberAsync(Operation.IsDone) & 1) == 0)
        {
            if (time.GetElapsedTime(start) > patience) { throw new InstrumentLostException($"The {role} at {connection.Name} did not end its measurement within {patience.TotalSeconds:0.###} s."); }
            await Task.Delay(BetweenLooks, time);
        }

        await RequireNoErrorAsync(what);
    }

    /// <summary>Empties the error queue.</summary>
    /// <exception cref="PhysicalSystemException">There was an error in it.</exception>
    public async Task RequireNoErrorAsync(string what)
    {
        List<ScpiError> errors = [];
        while (errors.Count < MostErrors)
        {
            string answer = await AskTextAsync(Operation.NextError);
            if (!ScpiError.TryParse(answer, out ScpiError error))
            {
                throw new InstrumentLostException($"The {role} at {connection.Name} answered to a question for errors with '{ProgramUnit.Shown(answer)}'.");
            }

            if (!error.IsError) { break; }
            errors.Add(error);
        }

        if (errors.Count > 0)
        {
            throw new PhysicalSystemException($"The {role} at {connection.Name} refused {what}: {string.Join("; then ", errors.Take(3))}{(errors.Count > 3 ? $"; and {errors.Count - 3} more" : "")}.");
        }
    }

    public Task CloseAsync() => connection.CloseAsync();

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private byte[] Filled(Operation operation, CommandArgument argument)
    {
        if (!_commands.TryGetValue(operation, out CommandTemplate[]? templates))
        {
            throw new PhysicalSystemException($"The {role}'s dialect {dialect.Name} has no command for {operation}; it knows {string.Join(", ", dialect.Commands.Keys)}.");
        }

        return [.. templates.SelectMany(template => (byte[])[.. template.Fill(argument), (byte)'\n'])];
    }
}
