using System.Text;

namespace PnnEdge.Firmware.Core.Setup
{
    /// <summary>The device's end of Improv: says who it is, takes a network's name and password, and tells what became of them.</summary>
    public sealed class ImprovService
    {
        private readonly Board _board;
        private readonly string _chip;
        private readonly string _name;
        private readonly ISetupLine _line;
        private readonly ISetupNetwork _network;
        private readonly ImprovReader _reader = new ImprovReader();
        private readonly byte[] _out = new byte[ImprovPacket.MaxBytes];
        private ImprovError _error;

        /// <param name="chip">Such as ESP32.</param>
        /// <param name="name">The device's own.</param>
        public ImprovService(Board board, string chip, string name, ISetupLine line, ISetupNetwork network)
        {
            _board = board;
            _chip = chip;
            _name = name;
            _line = line;
            _network = network;
        }

        /// <summary>What came over the line. Connecting to a network is done before this returns, and takes up to a minute and a half.</summary>
        public void Take(byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (!_reader.Take(bytes[i]))
                {
                    continue;
                }

                if (_reader.IsBroken)
                {
                    Tell(ImprovError.InvalidPacket);
                }
                else if (_reader.Type == ImprovType.Command)
                {
                    Obey(_reader.Packet, _reader.DataBytes);
                }
            }
        }

        private void Obey(byte[] packet, int dataBytes)
        {
            int length = ImprovPacket.DataAt + 1;
            if (dataBytes < ImprovPacket.CommandBytes || packet[length] != dataBytes - ImprovPacket.CommandBytes)
            {
                Tell(ImprovError.InvalidPacket);
                return;
            }

            if (_error != ImprovError.None)
            {
                Tell(ImprovError.None);
            }

            switch ((ImprovCommand)packet[ImprovPacket.DataAt])
            {
                case ImprovCommand.SendNetwork:
                    Connect(packet, ImprovPacket.DataAt + dataBytes);
                    break;
                case ImprovCommand.RequestState:
                    bool isThere = _network.IsConnected();
                    Tell(isThere ? ImprovState.Provisioned : ImprovState.Authorized);
                    if (isThere)
                    {
                        Answer(ImprovCommand.RequestState, ImprovPacket.DataAt + ImprovPacket.CommandBytes);
                    }

                    break;
                case ImprovCommand.RequestDevice:
                    Introduce();
                    break;
                default:
                    Tell(ImprovError.UnknownCommand);
                    break;
            }
        }

        private void Connect(byte[] packet, int end)
        {
            int at = ImprovPacket.DataAt + ImprovPacket.CommandBytes;
            int ssidBytes = at < end ? packet[at] : 0;
            int passwordAt = at + 1 + ssidBytes;
            if (ssidBytes == 0 || passwordAt >= end || passwordAt + 1 + packet[passwordAt] != end)
            {
                Tell(ImprovError.InvalidPacket);
                return;
            }

            Tell(ImprovState.Provisioning);
            string ssid = Encoding.UTF8.GetString(packet, at + 1, ssidBytes);
            string password = Encoding.UTF8.GetString(packet, passwordAt + 1, packet[passwordAt]);
            if (_network.Connect(ssid, password))
            {
                Tell(ImprovState.Provisioned);
                Answer(ImprovCommand.SendNetwork, ImprovPacket.DataAt + ImprovPacket.CommandBytes);
            }
            else
            {
                Tell(ImprovError.UnableToConnect);
                Tell(ImprovState.Authorized);
            }
        }

        private void Introduce()
        {
            int at = ImprovPacket.DataAt + ImprovPacket.CommandBytes;
            at = ImprovPacket.PutText(_out, at, Encoding.UTF8.GetBytes("PnnEdge " + _board.Name));
            at = ImprovPacket.PutText(_out, at, Encoding.UTF8.GetBytes(_board.FirmwareVersion));
            at = ImprovPacket.PutText(_out, at, Encoding.UTF8.GetBytes(_chip));
            at = ImprovPacket.PutText(_out, at, Encoding.UTF8.GetBytes(_name));
            Answer(ImprovCommand.RequestDevice, at);
        }

        private void Answer(ImprovCommand command, int end)
        {
            _out[ImprovPacket.DataAt] = (byte)command;
            _out[ImprovPacket.DataAt + 1] = (byte)(end - ImprovPacket.DataAt - ImprovPacket.CommandBytes);
            Send(ImprovType.Result, end - ImprovPacket.DataAt);
        }

        private void Tell(ImprovState state)
        {
            _out[ImprovPacket.DataAt] = (byte)state;
            Send(ImprovType.CurrentState, 1);
        }

        private void Tell(ImprovError error)
        {
            _error = error;
            _out[ImprovPacket.DataAt] = (byte)error;
            Send(ImprovType.Error, 1);
        }

        private void Send(ImprovType type, int dataBytes) => _line.Write(_out, ImprovPacket.Seal(_out, type, dataBytes));
    }
}
