namespace nanoFramework.M2Mqtt
{
    using System;
    using System.Collections;
    using System.Security.Cryptography.X509Certificates;
    using nanoFramework.M2Mqtt.Messages;

    // M2Mqtt 5.1.220: M2Mqtt/MqttSettings.cs
    public class MqttSettings
    {
        internal MqttSettings() => throw null;

        public int InflightQueueSize
        {
            get => throw null;
            set => throw null;
        }
    }

    // M2Mqtt 5.1.220: M2Mqtt/MqttClient.cs. Its version has an init-time default of 3.1.1.
    public class MqttClient : IMqttClient, IDisposable
    {
        public MqttClient(
            string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol) =>
            throw null;

        public event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived
        {
            add => throw null;
            remove => throw null;
        }

        public event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed
        {
            add => throw null;
            remove => throw null;
        }

        public bool IsConnected => throw null;

        public MqttSettings Settings => throw null;

        public MqttReasonCode Connect(
            string clientId,
            string username,
            string password,
            bool willRetain,
            MqttQoSLevel willQosLevel,
            bool willFlag,
            string willTopic,
            string willMessage,
            bool cleanSession,
            ushort keepAlivePeriod) => throw null;

        public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels) => throw null;

        public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain) => throw null;

        public void Dispose() => throw null;
    }
}
