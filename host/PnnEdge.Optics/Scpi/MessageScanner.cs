namespace PnnEdge.Optics.Scpi;

/// <summary>
/// Cuts a byte stream into messages at its line feeds, and at none that stands inside a block (IEEE 488.2-1992, 7.5 and 7.7.6); a <c>#</c> in
/// a string begins no block. A line feed does end a string: one forgotten quote must not swallow all that follows. The same for what a
/// controller sends and for what an instrument answers.
/// </summary>
/// <param name="maxBytes">A longer message is skipped up to its end, with a block's announced length: a block's bytes are never taken for commands.</param>
public sealed class MessageScanner(int maxBytes)
{
    private readonly List<byte> _message = [];
    private Place _place;
    private byte _quote;
    private int _digitsLeft;
    private int _bytesLeft;
    private bool _isTooLong;
    private bool _endsInBlock;

    private enum Place
    {
        Between,
        String,
        AfterHash,
        Length,
        Block,
    }

    /// <summary>The newest message was longer than possible: it is empty.</summary>
    public bool WasTooLong { get; private set; }

    /// <summary>Nothing of a message is there yet.</summary>
    public bool IsBetweenMessages => _message.Count == 0 && !_isTooLong;

    /// <summary>Takes bytes up to and with the end of one message.</summary>
    /// <param name="message">Without its line feed and the carriage return before it, unless that is a block's; null when the bytes ended first.</param>
    /// <returns>How many bytes were taken.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out byte[]? message)
    {
        for (int at = 0; at < bytes.Length; at++)
        {
            if (_place == Place.Block)
            {
                int take = Math.Min(_bytesLeft, bytes.Length - at);
                Keep(bytes.Slice(at, take));
                _bytesLeft -= take;
                _place = _bytesLeft == 0 ? Place.Between : Place.Block;
                _endsInBlock = true;
                at += take - 1;
                continue;
            }

            byte next = bytes[at];
            if (next == '\n')
            {
                message = End();
                return at + 1;
            }

            Keep(bytes.Slice(at, 1));
            _endsInBlock = false;
            _place = After(next);
        }

        message = null;
        return bytes.Length;
    }

    private Place After(byte next)
    {
        switch (_place)
        {
            case Place.Between when next is (byte)'"' or (byte)'\'':
                _quote = next;
                return Place.String;
            case Place.Between when next == '#':
                return Place.AfterHash;
            case Place.String:
                // A doubled quote ends the string and begins it again.
                return next == _quote ? Place.Between : Place.String;
            case Place.AfterHash when next is >= (byte)'1' and <= (byte)'9':
                (_digitsLeft, _bytesLeft) = (next - '0', 0);
                return Place.Length;
            case Place.Length when char.IsAsciiDigit((char)next):
                _bytesLeft = (_bytesLeft * 10) + (next - '0');
                return --_digitsLeft > 0 ? Place.Length : _bytesLeft > 0 ? Place.Block : Place.Between;
            default:
                return Place.Between;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _isTooLong |= _message.Count + bytes.Length > maxBytes;
        if (_isTooLong) { _message.Clear(); }
        else { _message.AddRange(bytes); }
    }

    private byte[] End()
    {
        if (_message is [.., (byte)'\r'] && !_endsInBlock) { _message.RemoveAt(_message.Count - 1); }
        byte[] message = [.. _message];
        WasTooLong = _isTooLong;
        (_isTooLong, _endsInBlock, _place) = (false, false, Place.Between);
        _message.Clear();
        return message;
    }
}
