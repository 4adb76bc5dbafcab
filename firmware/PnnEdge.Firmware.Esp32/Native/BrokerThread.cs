using System;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Wire;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// Keeps the link up: network, then broker, then watches the connection; a new client per attempt, because the library's client does not
    /// reconnect. While this thread waits, the loop finds the link down and the outputs safe. Its waits and its chance are the chip's own: like
    /// Program it belongs to the board's composition root, and what it decides (Backoff) takes both as arguments.
    /// </summary>
    public sealed class BrokerThread
    {
        private const ushort KeepAliveSeconds = 15;
        private const int WatchMillis = 500;
        private const int LookMillis = 50;

        /// <summary>A connection that is gone sooner counts as an attempt that failed.</summary>
        private const int HeldMillis = 10000;

        /// <summary>Frames of one window, the retained texts, and a few.</summary>
        private const int QueuedMessages = 16;

        private readonly Settings _settings;
        private readonly MqttLink _link;
        private readonly DeviceLog _log;
        private readonly IDeviceClock _clock;
        private readonly Credentials _credentials;
        private readonly DialTurn _turn;
        private readonly Backoff _backoff = new Backoff();

        public BrokerThread(Settings settings, MqttLink link, DeviceLog log, IDeviceClock clock, Credentials credentials, DialTurn turn)
        {
            _settings = settings;
            _link = link;
            _log = log;
            _clock = clock;
            _credentials = credentials;
            _turn = turn;
        }

        public void Start() => new Thread(Run).Start();

        private void Say(string text)
        {
            Console.WriteLine(text);
            _log.Write(_clock.Millis(), text);
        }

        private void Run()
        {
            while (true)
            {
                MqttClient client = null;
                try
                {
                    if (Wifi.Connect(_settings.Tls, _settings.Sntp))
                    {
                        client = Connect();
                    }
                    else
                    {
                        Say(Wifi.HasAddress() ? TimeServer.NoAnswer(_settings.Sntp) : "no network address");
                    }
                }
                catch (Exception e)
                {
                    Say("no broker: " + e.Message + (e.InnerException == null ? string.Empty : " (" + e.InnerException.GetType().FullName + ")"));
                }

                if (client != null && Watch(client) >= HeldMillis)
                {
                    _backoff.Reset();
                }

                // The next attempt may hold up everything: not before a block that is still played has ended and the outputs are safe.
                while (!_link.IsSeenDown())
                {
                    Thread.Sleep(LookMillis);
                }

                Thread.Sleep(_backoff.Next((uint)HighResTimer.GetCurrent()));
            }
        }

        /// <summary>A connected client, or null when the broker refused.</summary>
        private MqttClient Connect()
        {
            MqttClient client = Find();
            client.Settings.InflightQueueSize = QueuedMessages;
            string state = Topics.Leaf(_settings.Site, _settings.Device, Topics.StateLeaf);
            MqttReasonCode answer;
            try
            {
                if (_settings.Tls)
                {
                    // The handshake is one native call.
                    TakeTurn();
                }

                answer = client.Connect(
                    _settings.Device, null, null, true, MqttQoSLevel.AtLeastOnce, true, state, Topics.StateLost, true, KeepAliveSeconds);
            }
            catch (Exception)
            {
                client.Dispose();
                throw;
            }
            finally
            {
                _turn.EndDial();
            }

            if (answer != MqttReasonCode.Success)
            {
                Say("the broker refused: code " + ((int)answer).ToString());
                client.Dispose();
                return null;
            }

            return client;
        }

        /// <summary>The library looks up the broker's name when a client is made, in one native call.</summary>
        private MqttClient Find()
        {
            TakeTurn();
            try
            {
                return new MqttClient(
                    _settings.Broker, _settings.Port, _settings.Tls, _credentials.Authority, _credentials.Identity, _settings.Tls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            }
            finally
            {
                _turn.EndDial();
            }
        }

        /// <summary>What comes next may hold up everything: not while a program drives its outputs.</summary>
        private void TakeTurn()
        {
            while (!_turn.BeginDial(_clock.Millis()))
            {
                Thread.Sleep(LookMillis);
            }
        }

        /// <summary>Until the connection is gone; how long that was, ms.</summary>
        private int Watch(MqttClient client)
        {
            int held = 0;
            SignsOfLife life = new SignsOfLife();
            try
            {
                _link.Attach(client);
                _link.Publish(Topics.StateLeaf, Topics.StateInit);
                while (client.IsConnected && !life.IsGone)
                {
                    Thread.Sleep(WatchMillis);
                    held = held < HeldMillis ? held + WatchMillis : held;
                    if (life.Pass(WatchMillis, _link.TakeHeard()))
                    {
                        _link.Ask(client);
                    }
                }

                if (life.IsGone)
                {
                    Say("the broker is silent");
                }
            }
            catch (Exception e)
            {
                Say("the connection failed: " + e.Message);
            }
            finally
            {
                _link.Detach();
                client.Dispose();
            }

            return held;
        }
    }
}
