using System;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core
{
    /// <summary>Is a board's data fit to be obeyed? Asked once at start, after the outputs have been made safe.</summary>
    public static class BoardCheck
    {
        private const int SmallestFrameBytes = FrameHeader.Bytes + MeasurementBlock.FixedBytes + 2;

        /// <exception cref="ArgumentException">A size or time contradicts another, or a channel's volts do not nest.</exception>
        public static void Require(Board board)
        {
            if (board.MaxFrameBytes < SmallestFrameBytes || board.FrameMemoryBytes < board.MaxFrameBytes || board.ParameterSets < 1)
            {
                throw new ArgumentException("A board needs frames of at least one word, memory for one answer, and one parameter set.");
            }

            if (board.LongestTransferMillis < 1 || board.MaxLeaseMillis / 4 < board.LongestTransferMillis)
            {
                throw new ArgumentException("A board's longest transfer is 1 ms to a quarter of its longest lease.");
            }

            if (board.LoopWatchdogMillis <= board.LongestTransferMillis || board.HeartbeatMillis < 1)
            {
                throw new ArgumentException("A board's loop watchdog is longer than its longest transfer, and its heartbeat at least 1 ms apart.");
            }

            for (int i = 0; i < board.Channels.Length; i++)
            {
                Require(board.Channels[i]);
            }

            if (!BirthCertificate.SetFits(board.Count(ChannelRole.Actuator), (uint)board.MaxFrameBytes))
            {
                throw new ArgumentException("A board's actuators are at most 65535, and one set of their values fits its longest frame.");
            }

            if (board.UpdateBytes < 0)
            {
                throw new ArgumentException("A board's longest firmware package is 0 bytes, for none, or more.");
            }

            if (board.LagSamples < 0 || !BirthCertificate.ReferenceFits(
                board.References(ChannelRole.Stimulus), board.References(ChannelRole.Measurement), (uint)board.LagSamples))
            {
                throw new ArgumentException("A board's lag is 0 to 65535 samples, and its reference, where there is a lag, one output and one input.");
            }

            if (board.ProgramBytes < 0 || board.KeptResults < 0 ||
                (board.ProgramBytes > 0 && (board.Count(ChannelRole.Stimulus) != 1 || board.Count(ChannelRole.Measurement) != 1 || !board.Speaks(ChannelCoding.OffsetBinary))))
            {
                throw new ArgumentException("A board that takes programs has one stimulus and one measurement channel, both of offset binary.");
            }
        }

        private static void Require(ChannelRecord channel)
        {
            byte[] record = new byte[ChannelRecord.RecordBytes];
            channel.Write(record, 0);
            if (!ChannelRecord.CountFits(record, 0))
            {
                throw new ArgumentException("Channel " + channel.Name + " has a count that only a bank of one or more actuators may have.");
            }

            if (!ChannelRecord.SpanGuards(record, 0))
            {
                throw new ArgumentException(
                    "Channel " + channel.Name + " is guarded by its span and needs 16 bits, limits that are its range, and a step as large.");
            }

            if (!ChannelRecord.CodingFits(record, 0))
            {
                throw new ArgumentException(
                    "Channel " + channel.Name + " is coded in two's complement and needs 16 bits and no look at its words, or is a reference and may be no actuator.");
            }

            if (ChannelRecord.Check(record, 0) != RefusalReason.Accepted)
            {
                throw new ArgumentException(
                    "Channel " + channel.Name + " needs its safe value inside its limits and these inside its range, an actuator's at codes of its converter.");
            }
        }
    }
}
