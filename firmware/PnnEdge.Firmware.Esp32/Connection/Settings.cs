using System;
using PnnEdge.Wire;

namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>What this unit is and whom it talks to: lines "name=value" of the file pnn.txt on drive I. A network's password is never in it.</summary>
    public sealed class Settings
    {
        public const string Path = "I:\\pnn.txt";

        public string Board;
        public string Site;
        public string Device;
        public string Broker;
        public int Port;
        public uint Serial;

        /// <summary>Who is asked for the time of day, which certificates are judged by; null leaves it with the interpreter's own servers.</summary>
        public string Sntp;

        /// <summary>False only where the file says tls=no: for a broker on a bench's own network.</summary>
        public bool Tls = true;

        /// <exception cref="ArgumentException">A line that says nothing, or a setting that is missing; one sentence.</exception>
        public static Settings Parse(string text)
        {
            Settings settings = new Settings();
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim();
                if (line.Length > 0 && line[0] != '#')
                {
                    settings.Take(line);
                }
            }

            settings.Require();
            return settings;
        }

        private void Take(string line)
        {
            int at = line.IndexOf('=');
            string name = at < 0 ? line : line.Substring(0, at);
            string value = at < 0 ? string.Empty : line.Substring(at + 1);
            switch (name)
            {
                case "board":
                    Board = value;
                    break;
                case "site":
                    Site = value;
                    break;
                case "device":
                    Device = value;
                    break;
                case "broker":
                    Broker = value;
                    break;
                case "port":
                    Port = (int)Number(name, value, 65535);
                    break;
                case "serial":
                    Serial = Number(name, value, uint.MaxValue);
                    break;
                case "tls":
                    if (value != "yes" && value != "no")
                    {
                        throw new ArgumentException(Path + ": tls is yes or no, not '" + value + "'.");
                    }

                    Tls = value == "yes";
                    break;
                case "sntp":
                    Sntp = value;
                    break;
                default:
                    throw new ArgumentException(Path + ": '" + line + "' is none of board, site, device, broker, port, serial, tls, sntp.");
            }
        }

        private void Require()
        {
            if (Board == null || Broker == null || Broker.Length == 0)
            {
                throw new ArgumentException(Path + " needs board=… and broker=….");
            }

            if (Sntp != null && Sntp.Length == 0)
            {
                throw new ArgumentException(Path + ": sntp is a host name or an address; without one leave the line out.");
            }

            if (!Topics.IsName(Site) || !Topics.IsName(Device))
            {
                throw new ArgumentException(Path + " needs site=… and device=…, each 1 to 32 of a–z, 0–9 and '-'.");
            }

            Port = Port != 0 ? Port : Tls ? 8883 : 1883;
        }

        private static uint Number(string name, string value, uint most)
        {
            ulong number = 0;
            for (int i = 0; i < value.Length; i++)
            {
                number = value[i] >= '0' && value[i] <= '9' && number <= most ? (10 * number) + (ulong)(value[i] - '0') : ulong.MaxValue;
            }

            if (value.Length == 0 || number > most)
            {
                throw new ArgumentException(Path + ": " + name + " is a number from 0 to " + most.ToString() + ", not '" + value + "'.");
            }

            return (uint)number;
        }
    }
}
