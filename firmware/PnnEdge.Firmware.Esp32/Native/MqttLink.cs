using System;
using System.Text;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Wire;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// The device's end of the broker: what the loop asks, served from whichever connection stands. The library takes whole arrays and keeps
    /// them until they are sent, so each frame sent is a copy; its queue is bounded, and a frame that finds it full is told as not sent.
    /// </summary>
    public sealed class MqttLink : IMessageLink
    {
        private readonly FrameInbox _inbox;
        private readonly string _site;
        private readonly string _device;
        private readonly string _framesIn;
        private readonly string _framesOut;
        private readonly object _gate = new object();
        private MqttClient _client;
        private int _connections;
        private int _shownConnections;
        private bool _isHeard;
        private bool _isSeenDown;

        public MqttLink(string site, string device, FrameInbox inbox)
        {
            _site = site;
            _device = device;
            _framesIn = Topics.ToDevice(site, device);
            _framesOut = Topics.FromDevice(site, device);
            _inbox = inbox;
        }

        /// <summary>A client that is connected, with its subscription made: the link from here on.</summary>
        public void Attach(MqttClient client)
        {
            _inbox.Clear();
            client.MqttMsgPublishReceived += Received;
            client.MqttMsgSubscribed += Subscribed;
            Ask(client);
            lock (_gate)
            {
                _client = client;
                _connections++;
                _isSeenDown = false;
            }
        }

        /// <summary>Subscribes, again too: a broker that is there answers, and nothing else changes by it.</summary>
        public void Ask(MqttClient client) => client.Subscribe(new string[] { _framesIn }, new MqttQoSLevel[] { MqttQoSLevel.AtMostOnce });

        /// <summary>Has anything come since it was asked last?</summary>
        public bool TakeHeard()
        {
            lock (_gate)
            {
                bool heard = _isHeard;
                _isHeard = false;
                return heard;
            }
        }

        /// <summary>The loop has looked since the connection went: it makes the outputs safe when it finds that.</summary>
        public bool IsSeenDown()
        {
            lock (_gate)
            {
                return _isSeenDown;
            }
        }

        public void Detach()
        {
            lock (_gate)
            {
                if (_client != null)
                {
                    _client.MqttMsgPublishReceived -= Received;
                    _client.MqttMsgSubscribed -= Subscribed;
                    _client = null;
                }
            }
        }

        public bool IsConnected()
        {
            lock (_gate)
            {
                _isSeenDown = _client == null;
                if (_client == null || !_client.IsConnected || _connections != _shownConnections)
                {
                    // False once after every drop, even one that was over before the loop looked.
                    _shownConnections = _connections;
                    return false;
                }

                return true;
            }
        }

        public bool Receive(InboundFrame frame, int waitMillis) => _inbox.Take(frame, waitMillis);

        public uint DroppedFrames() => _inbox.Dropped;

        public bool Send(byte[] buffer, int offset, int count)
        {
            byte[] frame = new byte[count];
            Array.Copy(buffer, offset, frame, 0, count);
            return Publish(_framesOut, frame, false);
        }

        public bool Publish(string leaf, string text) => Publish(Topics.Leaf(_site, _device, leaf), Encoding.UTF8.GetBytes(text), true);

        private bool Publish(string topic, byte[] message, bool retain)
        {
            MqttClient client;
            lock (_gate)
            {
                client = _client;
            }

            if (client == null || !client.IsConnected)
            {
                return false;
            }

            try
            {
                client.Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, retain);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private void Subscribed(object sender, MqttMsgSubscribedEventArgs e) => Hear();

        private void Hear()
        {
            lock (_gate)
            {
                _isHeard = true;
            }
        }

        private void Received(object sender, MqttMsgPublishEventArgs e)
        {
            Hear();
            if (e.Topic == _framesIn)
            {
                _inbox.Put(e.Message, e.Retain);
            }
        }
    }
}
