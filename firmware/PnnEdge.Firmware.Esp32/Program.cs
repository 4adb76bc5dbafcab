using System;
using System.Device.Gpio;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using nanoFramework.Runtime.Native;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Firmware.Esp32.Native;

namespace PnnEdge.Firmware.Esp32
{
    /// <summary>Outputs safe first, then the loop and its watchdog, then the network.</summary>
    public static class Program
    {
        private const string AuthorityPath = "I:\\ca.pem";
        private const string CertificatePath = "I:\\device.pem";
        private const string KeyPath = "I:\\device.key";
        private const int SuperviseMillis = 1000;

        /// <summary>
        /// A loop that does not come round for so long will not: the outputs have been safe since the watchdog bit. This stands in for a hardware
        /// watchdog, which the interpreter does not switch on or hand out (sdkconfig: CONFIG_ESP_TASK_WDT_INIT=n); the monostable is the one outside.
        /// </summary>
        private const int StuckSeconds = 30;

        public static void Main()
        {
            GpioController gpio = new GpioController();
            EnablePin enable = new EnablePin(gpio, CommonPins.Enable);
            try
            {
                Run(gpio, enable);
            }
            catch (Exception e)
            {
                enable.Release();
                Console.WriteLine("PnnEdge does not start: " + e.GetType().FullName + ": " + e.Message);
                Thread.Sleep(Timeout.Infinite);
            }
        }

        private static void Run(GpioController gpio, EnablePin enable)
        {
            Settings settings = Settings.Parse(Required(Settings.Path));
            ChipClock clock = new ChipClock();
            FlashFiles storage = new FlashFiles();
            BoardParts parts = BoardParts.Open(settings.Board, settings.Serial, enable, clock);
            MqttLink link = new MqttLink(settings.Site, settings.Device, new FrameInbox(parts.Board.Window() + 2));
            DeviceLoop loop = new DeviceLoop(
                parts.Board,
                parts.Converters,
                new ChipHealth(new InterlockPin(gpio, CommonPins.Interlock)),
                link,
                clock,
                storage,
                new ChipCrc32(),
                BootIds.Next(storage, clock.Micros()),
                new ChipMac(),
                null); // nothing to look at by itself: a sensor's reading is a board of its own
            new DeviceThreads(loop, parts.Board, parts.Converters, clock).Start();
            Console.WriteLine("PnnEdge " + parts.Board.FirmwareVersion + " on " + parts.Board.Name + ", boot " + loop.BootId.ToString());
            Broker(settings, link, loop.Log, clock).Start();
            StartSetup(parts.Board, settings.Device, loop.Log, clock);
            Supervise(loop);
        }

        private static BrokerThread Broker(Settings settings, MqttLink link, DeviceLog log, IDeviceClock clock) => settings.Tls
            ? new BrokerThread(
                settings, link, log, clock, new X509Certificate(Required(AuthorityPath)), new X509Certificate2(Required(CertificatePath), Required(KeyPath), null))
            : new BrokerThread(settings, link, log, clock, null, null);

        /// <summary>A board without a line to be set up by is a board all the same.</summary>
        private static void StartSetup(Board board, string device, DeviceLog log, IDeviceClock clock)
        {
            try
            {
                new Thread(new Setup(board, device, log, clock).Serve).Start();
            }
            catch (Exception e)
            {
                log.Write(clock.Millis(), "no setup line: " + e.Message);
            }
        }

        private static void Supervise(DeviceLoop loop)
        {
            int stuck = 0;
            while (stuck < StuckSeconds)
            {
                Thread.Sleep(SuperviseMillis);
                stuck = loop.Watchdog.HasBitten() ? stuck + 1 : 0;
            }

            Power.RebootDevice();
        }

        private static string Required(string path)
        {
            string text = FlashFiles.Text(path);
            if (text == null)
            {
                throw new ArgumentException("the file " + path + " is missing; firmware/README.md says what is in it.");
            }

            return text;
        }
    }
}
