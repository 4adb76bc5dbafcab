using System;
using System.Text;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    /// <summary>Hello: what this board is, what it accepts, and how much of it. Boot id and clock stand in the header.</summary>
    public sealed class BirthCertificate
    {
        public const int ProtocolHashAt = FrameHeader.Bytes + 0;
        public const int ProtocolNumberAt = FrameHeader.Bytes + 4;
        public const int StateAt = FrameHeader.Bytes + 6;
        public const int ChannelsAt = FrameHeader.Bytes + 7;
        public const int UnitSerialAt = FrameHeader.Bytes + 8;
        public const int EpochAt = FrameHeader.Bytes + 12;
        public const int MaxFrameBytesAt = FrameHeader.Bytes + 16;
        public const int StimulusBufferBytesAt = FrameHeader.Bytes + 20;
        public const int MeasurementBufferBytesAt = FrameHeader.Bytes + 24;
        public const int WindowAt = FrameHeader.Bytes + 28;
        public const int ParameterSetsAt = FrameHeader.Bytes + 30;
        public const int MaxLeaseMillisAt = FrameHeader.Bytes + 32;
        public const int LongestTransferMillisAt = FrameHeader.Bytes + 36;
        public const int RateJitterNanosAt = FrameHeader.Bytes + 40;
        public const int HeartbeatMillisAt = FrameHeader.Bytes + 44;
        public const int BoardLengthAt = FrameHeader.Bytes + 48;
        public const int FirmwareLengthAt = FrameHeader.Bytes + 49;
        public const int SimulatedAt = FrameHeader.Bytes + 50;

        /// <summary>Which firmware this is: a <see cref="BootState"/>.</summary>
        public const int BootAt = FrameHeader.Bytes + 51;
        public const int LagSamplesAt = FrameHeader.Bytes + 52;
        public const int TextAt = FrameHeader.Bytes + 56;
        public const int FixedBytes = 56;
        public const int MaxTextBytes = 64;

        /// <summary>Channel records; one of them may stand for a bank of many actuators.</summary>
        public const int MaxChannels = 64;

        /// <summary>Actuator values of all banks together: a parameter set counts them in 16 bits.</summary>
        public const int MaxActuators = 65535;

        /// <summary>A shot rests for longer than the lag, and a plan counts its rest in 16 bits.</summary>
        public const uint MaxLagSamples = 65535;

        public uint ProtocolHash;
        public int ProtocolNumber;
        public LinkState State;
        public uint UnitSerial;

        /// <summary>The newest epoch the device has issued; arm names it.</summary>
        public uint Epoch;

        /// <summary>Longest frame the device accepts, bytes.</summary>
        public uint MaxFrameBytes;
        public uint StimulusBufferBytes;
        public uint MeasurementBufferBytes;

        /// <summary>Depth of the duplicate cache: how many frames a host may have in flight.</summary>
        public int Window;
        public int ParameterSets;
        public uint MaxLeaseMillis;

        /// <summary>A block may not occupy the converters longer; at most a quarter of the longest lease.</summary>
        public uint LongestTransferMillis;

        /// <summary>Honest sampling jitter, ns rms.</summary>
        public uint RateJitterNanos;
        public uint HeartbeatMillis;
        public bool Simulated;
        public BootState Boot;

        /// <summary>What was measured may stand up to so many samples late; 0 where it stands where it was played.</summary>
        public uint LagSamples;
        public string Board = string.Empty;
        public string FirmwareVersion = string.Empty;
        public ChannelRecord[] Channels = new ChannelRecord[0];

        /// <summary>Frames of any other protocol are not trusted, whatever their CRC says.</summary>
        public bool SpeaksThisProtocol() => ProtocolNumber == Protocol.Version && ProtocolHash == Protocol.Hash;

        /// <summary>Returns the payload's length, bytes.</summary>
        public int Write(byte[] frame)
        {
            byte[] board = Encoding.UTF8.GetBytes(Board);
            byte[] firmware = Encoding.UTF8.GetBytes(FirmwareVersion);
            if (board.Length > MaxTextBytes || firmware.Length > MaxTextBytes || Channels.Length > MaxChannels)
            {
                throw new ArgumentException("A hello names a board and a firmware in 64 bytes each, and at most 64 channel records.");
            }

            Bytes.PutUInt32(frame, ProtocolHashAt, ProtocolHash);
            Bytes.PutUInt16(frame, ProtocolNumberAt, ProtocolNumber);
            frame[StateAt] = (byte)State;
            frame[ChannelsAt] = (byte)Channels.Length;
            Bytes.PutUInt32(frame, UnitSerialAt, UnitSerial);
            Bytes.PutUInt32(frame, EpochAt, Epoch);
            Bytes.PutUInt32(frame, MaxFrameBytesAt, MaxFrameBytes);
            Bytes.PutUInt32(frame, StimulusBufferBytesAt, StimulusBufferBytes);
            Bytes.PutUInt32(frame, MeasurementBufferBytesAt, MeasurementBufferBytes);
            Bytes.PutUInt16(frame, WindowAt, Window);
            Bytes.PutUInt16(frame, ParameterSetsAt, ParameterSets);
            Bytes.PutUInt32(frame, MaxLeaseMillisAt, MaxLeaseMillis);
            Bytes.PutUInt32(frame, LongestTransferMillisAt, LongestTransferMillis);
            Bytes.PutUInt32(frame, RateJitterNanosAt, RateJitterNanos);
            Bytes.PutUInt32(frame, HeartbeatMillisAt, HeartbeatMillis);
            frame[BoardLengthAt] = (byte)board.Length;
            frame[FirmwareLengthAt] = (byte)firmware.Length;
            frame[SimulatedAt] = Simulated ? (byte)1 : (byte)0;
            frame[BootAt] = (byte)Boot;
            Bytes.PutUInt32(frame, LagSamplesAt, LagSamples);
            System.Array.Copy(board, 0, frame, TextAt, board.Length);
            System.Array.Copy(firmware, 0, frame, TextAt + board.Length, firmware.Length);
            int at = TextAt + board.Length + firmware.Length;
            for (int i = 0; i < Channels.Length; i++)
            {
                Channels[i].Write(frame, at);
                at += ChannelRecord.RecordBytes;
            }

            return at - FrameHeader.Bytes;
        }

        public static BirthCertificate Read(byte[] frame)
        {
            int boardBytes = frame[BoardLengthAt];
            int firmwareBytes = frame[FirmwareLengthAt];
            ChannelRecord[] channels = new ChannelRecord[frame[ChannelsAt]];
            int at = TextAt + boardBytes + firmwareBytes;
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = ChannelRecord.Read(frame, at);
                at += ChannelRecord.RecordBytes;
            }

            return new BirthCertificate
            {
                ProtocolHash = Bytes.GetUInt32(frame, ProtocolHashAt),
                ProtocolNumber = Bytes.GetUInt16(frame, ProtocolNumberAt),
                State = (LinkState)frame[StateAt],
                UnitSerial = Bytes.GetUInt32(frame, UnitSerialAt),
                Epoch = Bytes.GetUInt32(frame, EpochAt),
                MaxFrameBytes = Bytes.GetUInt32(frame, MaxFrameBytesAt),
                StimulusBufferBytes = Bytes.GetUInt32(frame, StimulusBufferBytesAt),
                MeasurementBufferBytes = Bytes.GetUInt32(frame, MeasurementBufferBytesAt),
                Window = Bytes.GetUInt16(frame, WindowAt),
                ParameterSets = Bytes.GetUInt16(frame, ParameterSetsAt),
                MaxLeaseMillis = Bytes.GetUInt32(frame, MaxLeaseMillisAt),
                LongestTransferMillis = Bytes.GetUInt32(frame, LongestTransferMillisAt),
                RateJitterNanos = Bytes.GetUInt32(frame, RateJitterNanosAt),
                HeartbeatMillis = Bytes.GetUInt32(frame, HeartbeatMillisAt),
                Simulated = frame[SimulatedAt] == 1,
                Boot = (BootState)frame[BootAt],
                LagSamples = Bytes.GetUInt32(frame, LagSamplesAt),
                Board = Encoding.UTF8.GetString(frame, TextAt, boardBytes),
                FirmwareVersion = Encoding.UTF8.GetString(frame, TextAt + boardBytes, firmwareBytes),
                Channels = channels,
            };
        }

        public static RefusalReason Check(byte[] frame, int payloadLength)
        {
            if (payloadLength < FixedBytes || frame[BoardLengthAt] > MaxTextBytes || frame[FirmwareLengthAt] > MaxTextBytes ||
                frame[ChannelsAt] > MaxChannels)
            {
                return RefusalReason.WrongLength;
            }

            int at = TextAt + frame[BoardLengthAt] + frame[FirmwareLengthAt];
            if (payloadLength != at - FrameHeader.Bytes + (frame[ChannelsAt] * ChannelRecord.RecordBytes))
            {
                return RefusalReason.WrongLength;
            }

            if (frame[BootAt] > (byte)BootState.SafeMode || frame[SimulatedAt] > 1 || !LinkStateTable.IsDeviceState((LinkState)frame[StateAt]))
            {
                return RefusalReason.ReservedNotZero;
            }

            if (!SizesFit(frame))
            {
                return RefusalReason.OutOfRange;
            }

            int actuators = 0;
            int referenceOutputs = 0;
            int referenceInputs = 0;
            for (int i = 0; i < frame[ChannelsAt]; i++)
            {
                int record = at + (i * ChannelRecord.RecordBytes);
                RefusalReason channel = ChannelRecord.Check(frame, record);
                if (channel != RefusalReason.Accepted)
                {
                    return channel;
                }

                actuators += frame[record + ChannelRecord.RoleAt] == (byte)ChannelRole.Actuator
                    ? Bytes.GetUInt16(frame, record + ChannelRecord.CountAt)
                    : 0;
                if (frame[record + ChannelRecord.PurposeAt] == (byte)ChannelPurpose.Reference)
                {
                    referenceOutputs += frame[record + ChannelRecord.RoleAt] == (byte)ChannelRole.Stimulus ? 1 : 0;
                    referenceInputs += frame[record + ChannelRecord.RoleAt] == (byte)ChannelRole.Measurement ? 1 : 0;
                }
            }

            return SetFits(actuators, Bytes.GetUInt32(frame, MaxFrameBytesAt)) &&
                ReferenceFits(referenceOutputs, referenceInputs, Bytes.GetUInt32(frame, LagSamplesAt))
                ? RefusalReason.Accepted
                : RefusalReason.OutOfRange;
        }

        /// <summary>True when a parameter set of so many values can be counted and fits the longest frame taken.</summary>
        public static bool SetFits(int actuators, uint maxFrameBytes) =>
            actuators <= MaxActuators && FrameHeader.Bytes + ParameterFrame.PayloadBytes(actuators) <= maxFrameBytes;

        /// <summary>One output and one input at the ends of one wire, where there is a lag to find; or none.</summary>
        public static bool ReferenceFits(int outputs, int inputs, uint lagSamples) =>
            outputs == inputs && outputs <= 1 && (outputs == 0 || lagSamples > 0) && lagSamples <= MaxLagSamples;

        /// <summary>A window of at least one frame, and no transfer longer than a quarter of the longest lease.</summary>
        private static bool SizesFit(byte[] frame) =>
            Bytes.GetUInt16(frame, WindowAt) >= 1 && Bytes.GetUInt16(frame, ParameterSetsAt) >= 1 &&
            Bytes.GetUInt32(frame, MaxFrameBytesAt) > FrameHeader.Bytes &&
            Bytes.GetUInt32(frame, LongestTransferMillisAt) <= Bytes.GetUInt32(frame, MaxLeaseMillisAt) / 4;
    }
}
