namespace Monarch.Hosting.Processes;

/// <summary>Runs work on a thread of its own, where the pool may have none.</summary>
static class OwnThread
{
    public static Thread Run(string name, ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }
}
