using System.Globalization;

namespace PnnEdge.Optics.Scpi;

/// <summary>One entry of an instrument's error queue; 0 is none (SCPI-99 volume 2, 21.8).</summary>
/// <param name="Text">The standard's words, and behind a semicolon what the instrument adds.</param>
public readonly record struct ScpiError(int Code, string Text)
{
    public static ScpiError None { get; } = new(0, "No error");

    public bool IsError => Code != 0;

    /// <summary>SCPI-99 volume 2, 21.8.9 to 21.8.12: those that our table gives.</summary>
    public static ScpiError Of(int code, string detail = "")
    {
        string standard = code switch
        {
            -101 => "Invalid character",
            -102 => "Syntax error",
            -104 => "Data type error",
            -108 => "Parameter not allowed",
            -109 => "Missing parameter",
            -113 => "Undefined header",
            -160 => "Block data error",
            -161 => "Invalid block data",
            -200 => "Execution error",
            -213 => "Init ignored",
            -221 => "Settings conflict",
            -222 => "Data out of range",
            -223 => "Too much data",
            -224 => "Illegal parameter value",
            -230 => "Data corrupt or stale",
            -350 => "Queue overflow",
            -363 => "Input buffer overrun",
            _ => "Device-specific error",
        };
        return new ScpiError(code, detail.Length == 0 ? standard : $"{standard};{detail}");
    }

    /// <summary>As an answer to <c>SYSTem:ERRor?</c>.</summary>
    public string ToResponse() => string.Create(CultureInfo.InvariantCulture, $"{Code},\"{Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");

    /// <summary>Reads an answer to <c>SYSTem:ERRor?</c>; instruments that leave out the quotes or the text are understood.</summary>
    public static bool TryParse(string response, out ScpiError error)
    {
        string[] parts = response.Split(',', 2);
        bool isNumber = int.TryParse(parts[0].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code);
        string text = parts.Length == 2 ? parts[1].Trim().Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal) : string.Empty;
        error = new ScpiError(code, text.Length == 0 && code != 0 ? "no further words" : text);
        return isNumber;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code}, {Text.Replace(";", ": ", StringComparison.Ordinal)}");
}
