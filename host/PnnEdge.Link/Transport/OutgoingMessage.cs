namespace PnnEdge.Link.Transport;

/// <param name="Buffer">Rented; given back once sent.</param>
internal readonly record struct OutgoingMessage(string Topic, byte[] Buffer, int Length, bool Retain);
