namespace nanoFramework.M2Mqtt
{
    using nanoFramework.M2Mqtt.Messages;

    // M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core/MqttSslProtocols.cs
    public enum MqttSslProtocols
    {
        None,
        SSLv3,
        TLSv1_0,
        TLSv1_1,
        TLSv1_2,
        TLSv1_3,
    }

    // M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core/IMqttClient.cs
    public interface IMqttClient
    {
        public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

        public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);
    }
}

namespace nanoFramework.M2Mqtt.Messages
{
    using System;

    // M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core/Messages/MqttQoSLevel.cs
    public enum MqttQoSLevel
    {
        AtMostOnce = 0x00,
        AtLeastOnce = 0x01,
        ExactlyOnce = 0x02,
        GrantedFailure = 0x80,
    }

    // M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core/Messages/MqttReasonCode.cs
    public enum MqttReasonCode
    {
        Success = 0x00,
    }

    // M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core/Messages/MqttMsgPublishEventArgs.cs
    public class MqttMsgPublishEventArgs : EventArgs
    {
        internal MqttMsgPublishEventArgs() => throw null;

        public string Topic => throw null;

        public byte[] Message => throw null;

        public bool Retain => throw null;
    }

    // M2Mqtt 5.1.220: nanoFramework.M2Mqtt.Core/Messages/MqttMsgSubscribedEventArgs.cs
    public class MqttMsgSubscribedEventArgs : EventArgs
    {
        internal MqttMsgSubscribedEventArgs() => throw null;
    }
}
