namespace Monarch.Hosting.Processes;

/// <summary>Runs work on a dedicated thread, because the pool may be exhausted.</summary>
static class OwnThread
{
    public static Thread Run(string name, ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }
}
