#if Client
#endif
