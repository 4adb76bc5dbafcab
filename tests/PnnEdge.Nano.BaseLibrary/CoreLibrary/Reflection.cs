namespace System.Reflection
{
    // CoreLibrary 1.17.11: System/Reflection/MemberInfo.cs
    public abstract class MemberInfo
    {
    }

    // CoreLibrary 1.17.11: System/Reflection/MethodBase.cs
    public abstract class MethodBase : MemberInfo
    {
        public object Invoke(object obj, object[] parameters) => throw null;
    }

    // CoreLibrary 1.17.11: System/Reflection/MethodInfo.cs
    public abstract class MethodInfo : MethodBase
    {
    }

    // CoreLibrary 1.17.11: System/Reflection/Assembly.cs
    public class Assembly
    {
        public static Assembly Load(byte[] rawAssembly) => throw null;

        public virtual Type GetType(string name) => throw null;
    }
}
