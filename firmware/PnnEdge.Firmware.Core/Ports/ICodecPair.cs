namespace PnnEdge.Firmware.Core.Ports
{
    /// <summary>
    /// A pair of codecs that play and sample without pause: whole blocks go in and out by the hardware, and each call blocks everything else
    /// on the device. Words are two's complement. Zeros are played while nothing is written; they are 0 V.
    /// </summary>
    public interface ICodecPair
    {
        /// <summary>Sets the clock of both codecs; returns the rate really set, mHz.</summary>
        uint SetRate(uint milliHertz);

        /// <summary>Hands frames over to be played; returns as soon as the stream's memory holds them.</summary>
        void Play(byte[] frames, int at, int count);

        /// <summary>Waits for frames from the input; the oldest that the stream's memory holds come first.</summary>
        void Sample(byte[] frames, int at, int count);
    }
}
